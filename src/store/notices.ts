import type { Kysely } from 'kysely';
import type { NoticeStore } from '../domain/ports.ts';
import type { Tables } from './schema.ts';

/** What people have to hear from us; see NoticeStore. */
export function createNoticeStore(db: Kysely<Tables>): NoticeStore {
  return {
    untold: (userId) =>
      db
        .selectFrom('notices')
        .select(['seq as id', 'text', 'created_at as createdAt'])
        .where('user_id', '=', userId)
        .where('told_at', 'is', null)
        .orderBy('seq')
        .execute(),

    tell: async (ids, nowMs) => {
      if (ids.length === 0) return;
      await db
        .updateTable('notices')
        .set({ told_at: nowMs })
        .where('seq', 'in', [...ids])
        .where('told_at', 'is', null)
        .execute();
    },
  };
}

/** Leaves word for everybody who made a subscription of a target. */
export async function notifySubscribers(
  db: Kysely<Tables>,
  target: string,
  text: string,
  nowMs: number,
): Promise<void> {
  const subscribers = await db
    .selectFrom('subscriptions')
    .select('created_by')
    .distinct()
    .where('target', '=', target)
    .where('created_by', 'is not', null)
    .orderBy('created_by')
    .execute();
  const notices = subscribers.flatMap(({ created_by: userId }) =>
    userId === null ? [] : [{ user_id: userId, text, created_at: nowMs, told_at: null }],
  );
  if (notices.length > 0) await db.insertInto('notices').values(notices).execute();
}
