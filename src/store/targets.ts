import type { Kysely, Selectable } from 'kysely';
import type { TargetStore } from '../domain/ports.ts';
import type { Target } from '../domain/target.ts';
import { deleteSubscriptions } from './delete-subscriptions.ts';
import { notifySubscribers } from './notices.ts';
import type { Tables, TargetTable } from './schema.ts';

/** Waits between the tries of a paused target. Every one that is refused counts against us at Discord, so they grow. */
const probeDelaysMs = [10, 60, 6 * 60, 24 * 60].map((minutes) => minutes * 60_000);

/** None is planned further ahead. */
export const longestProbeMs = Math.max(...probeDelaysMs);

const open = { state: 'active', paused_reason: null, probe_at: null, probes: 0 } as const;

/** Where posts go. A target comes with its first subscription and stays after its last: its promises hold. */
export function createTargetStore(db: Kysely<Tables>): TargetStore {
  return {
    get: async (id) => {
      const row = await db.selectFrom('targets').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toTarget(row) : null;
    },

    list: async () => {
      const rows = await db.selectFrom('targets').selectAll().orderBy('id').execute();
      return rows.map(toTarget);
    },

    dmOf: async (userId) => {
      const row = await db
        .selectFrom('targets')
        .selectAll()
        .where('kind', '=', 'dm')
        .where('user_id', '=', userId)
        .orderBy('id')
        .executeTakeFirst();
      return row ? toTarget(row) : null;
    },

    pause: (id, reason, nowMs) =>
      db.transaction().execute((transaction) => pauseTarget(transaction, id, reason, nowMs)),

    resume: async (id) => {
      await db.updateTable('targets').set(open).where('id', '=', id).execute();
    },

    close: (id, reason, nowMs) =>
      db.transaction().execute((transaction) => closeTarget(transaction, id, reason, nowMs)),

    probe: async (guildId, nowMs) => {
      const { numUpdatedRows } = await db
        .updateTable('targets')
        .set({ probe_at: nowMs })
        .where('guild_id', '=', guildId)
        .where('probe_at', '>', nowMs)
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },

    setKind: async (ids, kind) => {
      if (ids.length === 0) return;
      await db
        .updateTable('targets')
        .set({ kind })
        .where('id', 'in', [...ids])
        .where('kind', '!=', kind)
        .execute();
    },
  };
}

/** Stops deliveries to a target but for a try now and then, and leaves word for whoever subscribed it. */
export async function pauseTarget(db: Kysely<Tables>, id: string, reason: string, nowMs: number): Promise<void> {
  const target = await db.selectFrom('targets').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  await db
    .updateTable('targets')
    .set({
      state: 'paused',
      paused_reason: reason,
      probe_at: nowMs + (probeDelaysMs[target.probes] ?? longestProbeMs),
      probes: target.probes + 1,
    })
    .where('id', '=', id)
    .execute();
  if (target.state === 'paused') return;
  const what = target.kind === 'dm' ? 'Your alerts were paused' : `Posts to <#${id}> were paused`;
  await notifySubscribers(db, id, `${what}: ${reason} Once that is mended they go on by themselves.`, nowMs);
}

/** Ends the subscriptions of a target that is no more, gives up its lane, and leaves word for whoever subscribed. */
export async function closeTarget(db: Kysely<Tables>, id: string, reason: string, nowMs: number): Promise<void> {
  await notifySubscribers(db, id, `The subscriptions of a channel (id ${id}) have ended: ${reason}`, nowMs);
  await db
    .updateTable('deliveries')
    .set({ state: 'dead', reason, settled_at: nowMs, sender: null })
    .where('target', '=', id)
    .where('settled_at', 'is', null)
    .execute();
  await deleteSubscriptions(db, 'target', id);
  await db
    .updateTable('targets')
    .set({ state: 'paused', paused_reason: reason, probe_at: null })
    .where('id', '=', id)
    .execute();
}

/** A message has arrived: nothing keeps others from following. Returns what kind of target it is. */
export async function openTarget(
  db: Kysely<Tables>,
  id: string,
  { opensAt, lastMessage }: { readonly opensAt: number | null; readonly lastMessage: string },
): Promise<Target['kind']> {
  const { kind } = await db
    .updateTable('targets')
    .set({ ...open, opens_at: opensAt, ...(lastMessage === '' ? {} : { last_message: lastMessage }) })
    .where('id', '=', id)
    .returning('kind')
    .executeTakeFirstOrThrow();
  return kind;
}

/** Adds a target, or renews what is known of it. One that is paused stays so: only `resume` opens it again. */
export async function saveTarget(db: Kysely<Tables>, target: Target): Promise<void> {
  const known = { kind: target.kind, guild_id: target.guildId, user_id: target.userId };
  await db
    .insertInto('targets')
    .values({
      id: target.id,
      ...known,
      state: target.state,
      paused_reason: target.pausedReason,
      probe_at: null,
      probes: 0,
      opens_at: null,
      last_message: null,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(known))
    .execute();
}

function toTarget(row: Selectable<TargetTable>): Target {
  return {
    id: row.id,
    kind: row.kind,
    guildId: row.guild_id,
    userId: row.user_id,
    state: row.state,
    pausedReason: row.paused_reason,
  };
}
