import type { Environment } from '../config/environment.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';

/** Clocks that are kept right differ by less than a second; an answer may have been on its way for some. */
const tolerableMs = 60_000;

/** The time of year is told apart where time zones are known: New York in winter and in summer. */
const winter = Temporal.Instant.from('2026-01-15T12:00Z');
const summer = Temporal.Instant.from('2026-07-15T12:00Z');

/**
 * The machine's clock against those of the servers that answered, and whether it knows time zones.
 *
 * @param servers by how many milliseconds the machine's clock is ahead of each; null where it did not tell
 */
export function checkClock(
  { PAPERBOY_NOW, PAPERBOY_CLOCK_RATE }: Environment,
  servers: readonly { readonly name: string; readonly aheadMs: number | null }[],
): Promise<Check> {
  return check('clock', 'Install Node with its full data of languages and time zones.', () => {
    const offsets = [winter, summer].map((instant) => instant.toZonedDateTimeISO('America/New_York').offset);
    if (offsets.join() !== '-05:00,-04:00') {
      return ill(
        `New York is ${offsets.join(' and ')} from UTC according to Node, and not -05:00 and -04:00`,
        'Update Node: its data of time zones is out of date.',
      );
    }
    const notes = [
      ...(PAPERBOY_NOW === undefined ? [] : [`Paperboy’s own clock starts at ${PAPERBOY_NOW} (PAPERBOY_NOW)`]),
      ...(PAPERBOY_CLOCK_RATE === 1 ? [] : [`it runs ${PAPERBOY_CLOCK_RATE} times as fast (PAPERBOY_CLOCK_RATE)`]),
    ];
    const told = servers.flatMap(({ name, aheadMs }) => (aheadMs === null ? [] : [{ name, aheadMs }]));
    const wrong = told.find(({ aheadMs }) => Math.abs(aheadMs) > tolerableMs);
    if (wrong) {
      const direction = wrong.aheadMs > 0 ? 'ahead of' : 'behind';
      return ill(
        [`the machine’s clock is ${spanOf(wrong.aheadMs)} ${direction} ${wrong.name}’s`, ...notes].join('; '),
        'Have the machine keep its time by NTP (timedatectl set-ntp true): posts come at the wrong hour, and waits are miscounted.',
      );
    }
    if (told.length === 0) return unknown(['no server told its time to compare with', ...notes].join('; '));
    return well([`as ${told.map(({ name }) => `${name}’s`).join(' and ')}`, ...notes].join('; '));
  });
}

function spanOf(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  return seconds < 600 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
