import { z } from 'zod';
import type { DeliveredPaper, Occasion } from '../domain/delivery.ts';
import { paperFields } from '../domain/match.ts';
import { announcementKinds } from '../domain/paper.ts';
import { readJson } from './json-column.ts';

const papersSchema = z.array(
  z.object({
    paper: z.string(),
    occasion: z.custom<Occasion>((value) => typeof value === 'string' && /^(first$|replace:)/.test(value)),
    kind: z.enum(announcementKinds),
    score: z.number(),
    // Older rows do not tell.
    percentile: z.number().nullable().default(null),
    categories: z.array(z.string()).default([]),
    subscriptions: z.array(z.string()),
    evidence: z.array(z.object({ term: z.string(), field: z.enum(paperFields), weight: z.number() })),
  }),
) satisfies z.ZodType<DeliveredPaper[]>;

/** @throws AppError('database-damaged') where the column cannot be read */
export function deliveredPapers(row: { readonly id: string; readonly papers_json: string }): DeliveredPaper[] {
  return readJson(papersSchema, row.papers_json, `deliveries ${row.id} papers_json`);
}
