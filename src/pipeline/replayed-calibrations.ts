import type { Calibration, DayVolume } from '../domain/calibration.ts';
import type { Match } from '../domain/match.ts';
import type { Subscription } from '../domain/subscription.ts';
import { dayVolume, offeredScore } from '../match/day-volume.ts';
import { emptyWindow } from '../match/score-window.ts';
import { rememberDay, startVolume } from '../match/volume.ts';

type Calibrations = ReadonlyMap<string, Calibration>;

/** Before every announcement, as ISO dates are ordered. */
const beforeAll = '';

/**
 * By what the scores of subscriptions are judged when past days are gone through once more: the windows as they are now, and budgets that know
 * what scores those very days had, but have saved and spent nothing yet, so that the first days are as any other.
 *
 * @param days oldest first
 */
export function startCalibrations(
  subscriptions: readonly Subscription[],
  days: readonly { readonly matches: readonly Match[] }[],
  known: Calibrations,
): Calibrations {
  const scores = days.map(({ matches }) => Map.groupBy(matches, ({ subscription }) => subscription));
  return new Map(
    subscriptions.map(({ id, perDay }): [string, Calibration] => {
      const { window = emptyWindow(beforeAll), basis = '' } = known.get(id) ?? {};
      return [
        id,
        { subscription: id, basis, window, volume: perDay === null ? null : started(id, perDay, scores), revision: 0 },
      ];
    }),
  );
}

function started(id: string, perDay: number, days: readonly ReadonlyMap<string, readonly Match[]>[]): DayVolume {
  let volume = startVolume(perDay);
  for (const day of days)
    volume = rememberDay(
      volume,
      (day.get(id) ?? []).map(({ score }) => offeredScore(score)),
    );
  return dayVolume(beforeAll, volume);
}

/** The same after a day on which budgets were spent. */
export function withVolumes(calibrations: Calibrations, volumes: ReadonlyMap<string, DayVolume>): Calibrations {
  return new Map(
    [...calibrations].map(([id, calibration]) => [
      id,
      { ...calibration, volume: volumes.get(id) ?? calibration.volume },
    ]),
  );
}
