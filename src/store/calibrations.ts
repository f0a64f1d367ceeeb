import type { Kysely, Selectable, Transaction } from 'kysely';
import { dayVolumeSchema, scoreWindowSchema } from '../domain/calibration.ts';
import type { Calibration } from '../domain/calibration.ts';
import type { CalibrationStore } from '../domain/ports.ts';
import { inBatches } from './batches.ts';
import { readJson } from './json-column.ts';
import type { CalibrationTable, Tables } from './schema.ts';

/** By what the scores of subscriptions are judged. */
export function createCalibrationStore(db: Kysely<Tables>): CalibrationStore {
  return {
    of: async (subscriptions) => {
      const found = new Map<string, Calibration>();
      for (const batch of inBatches(subscriptions)) {
        const rows = await db.selectFrom('calibrations').selectAll().where('subscription', 'in', batch).execute();
        for (const row of rows) found.set(row.subscription, toCalibration(row));
      }
      return found;
    },
  };
}

/** Whether each of these is as it was read: its papers count once, and its budget is spent once, whoever else matches meanwhile. */
export async function areCurrent(
  transaction: Transaction<Tables>,
  calibrations: readonly Calibration[],
): Promise<boolean> {
  for (const batch of inBatches(calibrations)) {
    const ids = batch.map(({ subscription }) => subscription);
    const rows = await transaction
      .selectFrom('calibrations')
      .select(['subscription', 'revision'])
      .where('subscription', 'in', ids)
      .execute();
    const known = new Map(rows.map(({ subscription, revision }) => [subscription, revision]));
    if (batch.some(({ subscription, revision }) => (known.get(subscription) ?? 0) !== revision)) return false;
  }
  return true;
}

/** Writes them, but for those of subscriptions that were deleted meanwhile. */
export async function writeCalibrations(
  transaction: Transaction<Tables>,
  calibrations: readonly Calibration[],
): Promise<void> {
  for (const batch of inBatches(calibrations)) {
    const ids = batch.map(({ subscription }) => subscription);
    const rows = await transaction.selectFrom('subscriptions').select('id').where('id', 'in', ids).execute();
    const living = new Set(rows.map(({ id }) => id));
    const values = batch.filter(({ subscription }) => living.has(subscription)).map(toRow);
    if (values.length === 0) continue;
    await transaction
      .insertInto('calibrations')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('subscription').doUpdateSet(({ ref }) => ({
          basis: ref('excluded.basis'),
          window_json: ref('excluded.window_json'),
          volume_json: ref('excluded.volume_json'),
          revision: ref('excluded.revision'),
        })),
      )
      .execute();
  }
}

function toRow({ subscription, basis, window, volume, revision }: Calibration): Selectable<CalibrationTable> {
  return {
    subscription,
    basis,
    window_json: JSON.stringify(window),
    volume_json: volume === null ? null : JSON.stringify(volume),
    revision: revision + 1,
  };
}

function toCalibration(row: Selectable<CalibrationTable>): Calibration {
  const { subscription, basis, window_json, volume_json, revision } = row;
  const place = `calibrations ${subscription}`;
  return {
    subscription,
    basis,
    window: readJson(scoreWindowSchema, window_json, `${place} window_json`),
    volume: volume_json === null ? null : readJson(dayVolumeSchema, volume_json, `${place} volume_json`),
    revision,
  };
}
