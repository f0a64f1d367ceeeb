import type { Kysely } from 'kysely';
import type { NoticeStore } from '../domain/ports.ts';
import type { Tables } from './schema.ts';

/** What people have to hear from us; see NoticeStore. */
export function createNoticeStore(db: Kysely<Tables>): NoticeStore {
  return {
    take: async (userId, nowMs) => {
      const rows = await db
        .updateTable('notices')
        .set({ told_at: nowMs })
        .where('user_id', '=', userId)
        .where('told_at', 'is', null)
        .returning(['seq', 'text'])
        .execute();
      // `returning` promises no order.
      return rows.toSorted((a, b) => a.seq - b.seq).map(({ text }) => text);
    },
  };
}

/** Leaves the same word for several people, once for each. */
export async function notify(
  db: Kysely<Tables>,
  userIds: readonly string[],
  text: string,
  nowMs: number,
): Promise<void> {
  if (userIds.length === 0) return;
  await db
    .insertInto('notices')
    .values(userIds.map((user_id) => ({ user_id, text, created_at: nowMs, told_at: null })))
    .execute();
}
