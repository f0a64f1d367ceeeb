import type { Kysely } from 'kysely';
import type { MarkKind } from '../domain/mark.ts';
import type { MarkStore } from '../domain/ports.ts';
import type { Tables } from './schema.ts';

/** 👍 and 👎 push each other out; a saved paper has nothing to do with either. */
const opposites: Readonly<Record<MarkKind, MarkKind | null>> = { up: 'down', down: 'up', saved: null };

/** What people said of papers; of the same paper separately for each subscription it came by. */
export function createMarkStore(db: Kysely<Tables>): MarkStore {
  return {
    toggle: ({ userId, paper, kind, subscription, nowMs }) =>
      db.transaction().execute(async (transaction) => {
        const context = subscription ?? '';
        const remove = async (removed: MarkKind) => {
          const { numDeletedRows } = await transaction
            .deleteFrom('marks')
            .where('user_id', '=', userId)
            .where('paper', '=', paper)
            .where('subscription', '=', context)
            .where('kind', '=', removed)
            .executeTakeFirstOrThrow();
          return numDeletedRows > 0n;
        };
        if (await remove(kind)) return false;
        const opposite = opposites[kind];
        if (opposite) await remove(opposite);
        await transaction
          .insertInto('marks')
          .values({ user_id: userId, paper, kind, subscription: context, created_at: nowMs })
          .execute();
        return true;
      }),
  };
}
