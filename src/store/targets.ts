import type { Kysely, Selectable } from 'kysely';
import type { TargetStore } from '../domain/ports.ts';
import type { Target } from '../domain/target.ts';
import type { Tables, TargetTable } from './schema.ts';

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

    pause: (id, reason) => pauseTarget(db, id, reason),

    resume: async (id) => {
      await db.updateTable('targets').set({ state: 'active', paused_reason: null }).where('id', '=', id).execute();
    },
  };
}

/** Stops deliveries to a target, within a transaction of the caller's if need be. */
export async function pauseTarget(db: Kysely<Tables>, id: string, reason: string): Promise<void> {
  await db.updateTable('targets').set({ state: 'paused', paused_reason: reason }).where('id', '=', id).execute();
}

/** Adds a target, or renews what is known of it. One that is paused stays so: only `resume` opens it again. */
export async function saveTarget(db: Kysely<Tables>, target: Target): Promise<void> {
  const known = { kind: target.kind, guild_id: target.guildId, user_id: target.userId };
  await db
    .insertInto('targets')
    .values({ id: target.id, ...known, state: target.state, paused_reason: target.pausedReason })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(known))
    .execute();
}

function toTarget({ guild_id, user_id, paused_reason, ...target }: Selectable<TargetTable>): Target {
  return { ...target, guildId: guild_id, userId: user_id, pausedReason: paused_reason };
}
