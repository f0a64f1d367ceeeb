import type { Kysely } from 'kysely';
import type { MarkedPaper, MarkKind } from '../domain/mark.ts';
import type { MarkStore } from '../domain/ports.ts';
import { inBatches } from './batches.ts';
import { toPaper } from './paper-row.ts';
import type { Tables } from './schema.ts';

/** 👍 and 👎 push each other out; a saved paper has nothing to do with either. */
const opposites: Readonly<Record<MarkKind, MarkKind | null>> = { up: 'down', down: 'up', saved: null };

/** More marks than that of one subscription say nothing that the newest do not. */
const mostMarked = 300;

/** What people said of papers; of the same paper separately for each subscription it came by. */
export function createMarkStore(db: Kysely<Tables>): MarkStore {
  return {
    toggle: ({ userId, paper, kind, subscriptions, nowMs }) =>
      db.transaction().execute(async (transaction) => {
        // Empty for none: part of the unique key.
        const contexts = subscriptions.length === 0 ? [''] : [...new Set(subscriptions)];
        const remove = async (removed: MarkKind) => {
          const { numDeletedRows } = await transaction
            .deleteFrom('marks')
            .where('user_id', '=', userId)
            .where('paper', '=', paper)
            .where('subscription', 'in', contexts)
            .where('kind', '=', removed)
            .executeTakeFirstOrThrow();
          return Number(numDeletedRows);
        };
        // A subscription that was added to the post since hears of the mark now.
        if ((await remove(kind)) === contexts.length) return false;
        const opposite = opposites[kind];
        if (opposite) await remove(opposite);
        const values = contexts.map((subscription) => ({
          user_id: userId,
          paper,
          kind,
          subscription,
          created_at: nowMs,
        }));
        await transaction.insertInto('marks').values(values).execute();
        return true;
      }),

    forget: async (subscription) => {
      const { numDeletedRows } = await db
        .deleteFrom('marks')
        .where('subscription', '=', subscription)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    of: async (subscriptions) => {
      const votes = new Map<string, readonly Vote[]>();
      for (const batch of inBatches(subscriptions)) {
        for (const [subscription, some] of await votesFor(db, batch)) votes.set(subscription, some);
      }
      const papers = await papersOf(db, [
        ...new Set([...votes.values()].flatMap((some) => some.map(({ paper }) => paper))),
      ]);
      return new Map(
        [...votes].flatMap(([subscription, some]) => {
          const marked = some.flatMap(({ paper: id, kind }): MarkedPaper[] => {
            const paper = papers.get(id);
            return paper ? [{ paper, kind }] : [];
          });
          return marked.length === 0 ? [] : [[subscription, marked]];
        }),
      );
    },
  };
}

/** What people together say of a paper. */
type Vote = { readonly paper: string; readonly kind: MarkKind };

/** The votes that count for each of these subscriptions, newest first. */
async function votesFor(db: Kysely<Tables>, subscriptions: readonly string[]): Promise<Map<string, readonly Vote[]>> {
  const rows = await db
    .selectFrom('marks')
    .select(['subscription', 'paper', 'user_id', 'kind'])
    .where('subscription', 'in', subscriptions)
    .orderBy('created_at', 'desc')
    .orderBy('paper')
    .execute();
  const votes = new Map<string, readonly Vote[]>();
  for (const [subscription, marks] of Map.groupBy(rows, (row) => row.subscription)) {
    const some = [...Map.groupBy(marks, ({ paper }) => paper)].flatMap(([paper, ofPaper]): Vote[] => {
      // Who saves a paper and finds it relevant says so once; who saves it and wants no more of the kind takes neither side.
      const people = Map.groupBy(ofPaper, (mark) => mark.user_id);
      const sum = [...people.values()].reduce((total, own) => total + voiceOf(own.map(({ kind }) => kind)), 0);
      return sum === 0 ? [] : [{ paper, kind: sum > 0 ? 'up' : 'down' }];
    });
    votes.set(subscription, some.slice(0, mostMarked));
  }
  return votes;
}

/** 1 for more of it, -1 for less, of one person's marks on a paper. */
function voiceOf(kinds: readonly MarkKind[]): number {
  return (kinds.includes('up') || kinds.includes('saved') ? 1 : 0) - (kinds.includes('down') ? 1 : 0);
}

async function papersOf(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MarkedPaper['paper']>> {
  const papers = new Map<string, MarkedPaper['paper']>();
  for (const batch of inBatches(ids)) {
    const rows = await db.selectFrom('papers').selectAll().where('id', 'in', batch).execute();
    for (const row of rows) {
      const { id, title, abstract, categories, authors } = toPaper(row);
      papers.set(id, { id, title, abstract, categories, authors });
    }
  }
  return papers;
}
