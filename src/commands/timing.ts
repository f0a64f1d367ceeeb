import { z } from 'zod';
import { isQuietAt } from '../domain/subscription.ts';
import type { QuietHours, StoredSubscription } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { optionProblem } from './option-problem.ts';
import { hoursText } from './comes-as.ts';
import { readZone } from './zones.ts';

/** When a subscription's papers come. */
export type Timing = Pick<StoredSubscription, 'hour' | 'quiet' | 'zone'>;

/** As the choice of an hour that says: at none. */
export const atOnce = -1;

const optionsSchema = z.object({
  hour: z.int().min(atOnce).max(23).optional(),
  zone: z.string().max(100).optional(),
  quiet: z.string().max(100).optional(),
});

/** Whether the options of a command say anything about when papers come. */
export function saysWhen(options: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(optionsSchema.shape).some((name) => options[name] !== undefined);
}

/** Reads the options `hour`, `zone` and `quiet`; what they do not say stays as at `present`. Else what is wrong with them, for people. */
export function readTiming(options: Readonly<Record<string, unknown>>, present: Timing): Result<Timing, string> {
  const read = optionsSchema.safeParse(options);
  if (!read.success) return err(optionProblem(read.error));
  const { hour: asked, zone: zoneName, quiet: hours } = read.data;
  const zone = zoneName === undefined ? ok(present.zone) : readZone(zoneName);
  if (!zone.ok) return zone;
  const quiet = hours === undefined ? ok(present.quiet) : readQuietHours(hours);
  if (!quiet.ok) return quiet;
  const hour = asked === undefined ? present.hour : asked === atOnce ? null : asked;
  if (hour !== null && quiet.value !== null && isQuietAt(quiet.value, hour)) {
    return err(
      `Nothing could come at ${hour}:00: it is quiet ${hoursText(quiet.value)}. Choose another hour, or other quiet hours (\`quiet:none\` for none).`,
    );
  }
  return ok({ hour, quiet: quiet.value, zone: zone.value });
}

const none = /^(?:none|no|off|never)$/i;
const twoHours = /^(?<from>\d{1,2})(?::00)?\s*(?:-|–|—|to|until)\s*(?<until>\d{1,2})(?::00)?$/i;

/** `22-7` is from 22:00 to 7:00, `none` is null; else a sentence. */
function readQuietHours(written: string): Result<QuietHours | null, string> {
  const text = written.trim();
  if (none.test(text)) return ok(null);
  const { from, until } = twoHours.exec(text)?.groups ?? {};
  const hours = { from: hourOf(from), until: hourOf(until) };
  if (hours.from > 23 || hours.until > 23 || Number.isNaN(hours.from + hours.until)) {
    return err(
      '`quiet` takes two full hours of the day, such as `22-7`: nothing is posted from 22:00 to 7:00. `none` is for no quiet hours.',
    );
  }
  if (hours.from === hours.until) {
    return err(
      '`quiet` takes two different hours, such as `22-7`; from an hour to itself nothing could ever be posted.',
    );
  }
  return ok(hours);
}

/** Midnight may be written as the end of the day. */
function hourOf(written = ''): number {
  const hour = written === '' ? Number.NaN : Number(written);
  return hour === 24 ? 0 : hour;
}
