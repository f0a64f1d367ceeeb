import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { zoneSchema } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { CommandDeps } from './deps.ts';

/** Suggestions Discord shows at most. */
const maxSuggestions = 25;

/** Names of today for cities that the engine's list has under their old ones, and UTC, which it lists not at all (Node 26, ICU 78). */
const namesOfToday = [
  'America/Argentina/Buenos_Aires',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
  'UTC',
];

/** Suggested before anything is typed: places with many readers of arXiv. */
const firstSuggested = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'UTC',
];

const known: readonly string[] = [...new Set([...Intl.supportedValuesOf('timeZone'), ...namesOfToday])].toSorted();

/** Time zones to choose from while one is typed, each with what its clocks show: `new y` gives `America/New_York (now 20:05)`. */
export function suggestZones(
  typed: string,
  deps: Pick<CommandDeps, 'clock' | 'defaults'>,
): APIApplicationCommandOptionChoice<string>[] {
  const sought = plain(typed);
  const found =
    sought === ''
      ? [...new Set([deps.defaults.zone, ...firstSuggested])]
      : known
          .filter((zone) => plain(zone).includes(sought))
          .toSorted((a, b) => Number(startsCity(b, sought)) - Number(startsCity(a, sought)));
  const now = Temporal.Instant.fromEpochMilliseconds(deps.clock.now());
  return found.slice(0, maxSuggestions).map((zone) => {
    const time = now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
    return { name: `${zone} (now ${time})`, value: zone };
  });
}

/** A time zone as it is called, from its name in any case, or from a city alone where that is enough; else a sentence. */
export function readZone(written: string): Result<string, string> {
  const sought = plain(written);
  const named = known.find((zone) => plain(zone) === sought);
  if (named !== undefined) return ok(named);
  if (zoneSchema.safeParse(written.trim()).success) return ok(written.trim());
  const [city, ...others] = known.filter((zone) => cityOf(zone) === sought);
  if (city !== undefined && others.length === 0) return ok(city);
  return err(
    'I do not know that time zone. Start typing a big city near you at `zone`, and choose one of the suggestions, such as `Europe/Berlin`.',
  );
}

function startsCity(zone: string, sought: string): boolean {
  return cityOf(zone).startsWith(sought);
}

/** `new york` of `America/New_York`. */
function cityOf(zone: string): string {
  return plain(zone).replace(/^.*\//, '');
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', ' ');
}
