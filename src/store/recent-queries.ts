import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { QueryStore } from '../domain/ports.ts';
import type { SearchRequest } from '../domain/search.ts';
import { readJson } from './json-column.ts';
import type { Tables } from './schema.ts';

/** Buttons under a search work this long after it was last used. */
const rememberedMs = 90 * 24 * 60 * 60 * 1000;

const requestSchema = z.object({
  query: z.string(),
  category: z.string().exactOptional(),
  author: z.string().exactOptional(),
  since: z.string().exactOptional(),
  until: z.string().exactOptional(),
  sort: z.enum(['relevance', 'date']).exactOptional(),
  rank: z.enum(['default', 'bm25']).exactOptional(),
  limit: z.number().exactOptional(),
  offset: z.number().exactOptional(),
}) satisfies z.ZodType<SearchRequest>;

/** Searches people paged through lately. An id is 16 characters of the request's hash: the same request keeps its id. */
export function createQueryStore(db: Kysely<Tables>): QueryStore {
  return {
    remember: async (request, nowMs) => {
      // Parsing puts the keys in the schema's order, so that equal requests are equal text.
      const requestJson = JSON.stringify(requestSchema.parse(request));
      const id = createHash('sha256').update(requestJson).digest('base64url').slice(0, 16);
      await db
        .insertInto('recent_queries')
        .values({ id, request_json: requestJson, used_at: nowMs })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ used_at: nowMs }))
        .execute();
      await db
        .deleteFrom('recent_queries')
        .where('used_at', '<', nowMs - rememberedMs)
        .execute();
      return id;
    },

    get: async (id) => {
      const row = await db.selectFrom('recent_queries').select('request_json').where('id', '=', id).executeTakeFirst();
      return row ? readJson(requestSchema, row.request_json, `recent_queries ${id} request_json`) : null;
    },
  };
}
