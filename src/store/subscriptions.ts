import type { Insertable, Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { announcementKinds } from '../domain/paper.ts';
import type { SubscriptionStore } from '../domain/ports.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { deleteSubscriptions } from './delete-subscriptions.ts';
import { readJson, stringsSchema } from './json-column.ts';
import type { SubscriptionTable, Tables } from './schema.ts';
import { saveTarget } from './targets.ts';

const kindsSchema = z.array(z.enum(announcementKinds));

/** What people subscribed to. */
export function createSubscriptionStore(db: Kysely<Tables>): SubscriptionStore {
  return {
    list: async (filter = {}) => {
      const { target, guildId, createdBy } = filter;
      let query = db
        .selectFrom('subscriptions')
        .innerJoin('targets', 'targets.id', 'subscriptions.target')
        .selectAll('subscriptions');
      if (target !== undefined) query = query.where('subscriptions.target', '=', target);
      if (guildId !== undefined) query = query.where('targets.guild_id', '=', guildId);
      if (createdBy !== undefined) query = query.where('subscriptions.created_by', '=', createdBy);
      const rows = await query.orderBy('subscriptions.created_at').orderBy('subscriptions.id').execute();
      return rows.map(toSubscription);
    },

    get: async (id) => {
      const row = await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toSubscription(row) : null;
    },

    categories: async () => {
      const rows = await db.selectFrom('subscriptions').select(['categories_json']).distinct().execute();
      const place = 'subscriptions categories_json';
      return [...new Set(rows.flatMap((row) => readJson(stringsSchema, row.categories_json, place)))];
    },

    save: async (subscription, target) => {
      await db.transaction().execute(async (transaction) => {
        await saveTarget(transaction, target);
        const { id, ...rest } = toRow(subscription);
        await transaction
          .insertInto('subscriptions')
          .values({ id, ...rest })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
          .execute();
      });
    },

    change: async (id, { query, categories, interests, maxPapers, perDay, style, hour, quiet, zone }) => {
      const { numUpdatedRows } = await db
        .updateTable('subscriptions')
        .set({
          query,
          categories_json: JSON.stringify(categories),
          interests,
          max_papers: maxPapers,
          per_day: perDay,
          style,
          hour,
          quiet_from: quiet?.from ?? null,
          quiet_until: quiet?.until ?? null,
          zone,
        })
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    delete: async (id) => {
      const deleted = await db.transaction().execute((transaction) => deleteSubscriptions(transaction, 'id', id));
      return deleted > 0;
    },
  };
}

function toRow(subscription: StoredSubscription): Insertable<SubscriptionTable> {
  return {
    id: subscription.id,
    target: subscription.target,
    query: subscription.query,
    categories_json: JSON.stringify(subscription.categories),
    interests: subscription.interests,
    authors_json: JSON.stringify(subscription.authors),
    kinds_json: JSON.stringify(subscription.kinds),
    min_score: subscription.minScore,
    max_papers: subscription.maxPapers,
    per_day: subscription.perDay,
    style: subscription.style,
    hour: subscription.hour,
    quiet_from: subscription.quiet?.from ?? null,
    quiet_until: subscription.quiet?.until ?? null,
    zone: subscription.zone,
    created_by: subscription.createdBy,
    created_at: subscription.createdAt,
  };
}

function toSubscription(row: Selectable<SubscriptionTable>): StoredSubscription {
  const place = (column: string) => `subscriptions ${row.id} ${column}`;
  return {
    id: row.id,
    query: row.query,
    categories: readJson(stringsSchema, row.categories_json, place('categories_json')),
    interests: row.interests,
    authors: readJson(stringsSchema, row.authors_json, place('authors_json')),
    kinds: readJson(kindsSchema, row.kinds_json, place('kinds_json')),
    minScore: row.min_score,
    maxPapers: row.max_papers,
    perDay: row.per_day,
    target: row.target,
    style: row.style,
    hour: row.hour,
    quiet:
      row.quiet_from === null || row.quiet_until === null ? null : { from: row.quiet_from, until: row.quiet_until },
    zone: row.zone,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
