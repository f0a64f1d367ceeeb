import { z } from 'zod';
import { listingCode } from '../arxiv/category.ts';
import { zoneSchema } from '../domain/subscription.ts';

const isoDate = z.iso.date({ error: 'expected an ISO date such as 2026-12-25' });
const categoryCode = z.string().refine((code) => listingCode(code) === code, {
  error: 'expected an archive or category as arXiv lists it, such as cs.DC',
});

/** arXiv's published days without a listing; https://info.arxiv.org/help/availability.html, read in 2026. */
const holidays2026 = [
  '2026-01-01',
  '2026-01-19',
  '2026-06-19',
  '2026-07-03',
  '2026-09-07',
  '2026-11-26',
  '2026-12-25',
  '2026-12-29',
  '2026-12-31',
];

/**
 * The same days as they fall in 2027: expected, not published (2026-11). New Year, Martin Luther King Day, Juneteenth (a Saturday, taken
 * the day before), Independence Day (a Sunday, taken the day after), Labor Day, Thanksgiving, Christmas (a Saturday, taken the day before),
 * and the two days before New Year. A wrong one loses nothing: it is only not waited for, and asked for once a later listing is out.
 */
const holidays2027 = [
  '2027-01-01',
  '2027-01-18',
  '2027-06-18',
  '2027-07-05',
  '2027-09-06',
  '2027-11-25',
  '2027-12-24',
  '2027-12-29',
  '2027-12-31',
];

/** Every setting, with its default; `config/paperboy.yaml` says the same for people, and a test holds the two equal. */
export const settingsSchema = z.strictObject({
  arxiv: z
    .strictObject({
      listings: z
        .array(categoryCode)
        .default(['cs.DC'])
        .describe('Archives or categories read every day, besides those that subscriptions name.'),
      contact: z
        .string()
        .default('')
        .describe('An e-mail or web address in the User-Agent, so that arXiv can reach you. Empty: none.'),
      pollMinutes: z
        .int()
        .min(5)
        .max(60)
        .default(10)
        .describe('Minutes between two looks for a listing that is not out yet.'),
      timeoutMs: z.int().min(1_000).max(120_000).default(30_000).describe('Milliseconds to wait for an answer.'),
      maxBytes: z.int().min(100_000).max(100_000_000).default(20_000_000).describe('Bytes of an answer at most.'),
      holidays: z
        .array(isoDate)
        .default([...holidays2026, ...holidays2027])
        .describe(
          'Listing dates that arXiv skips, so that they are not waited for; see its published schedule. 2027 is expected, not published.',
        ),
    })
    .prefault({})
    .describe('Where papers come from.'),
  catchUp: z
    .strictObject({
      days: z
        .int()
        .min(1)
        .max(90)
        .default(7)
        .describe('After downtime, listings of at most so many days back are posted.'),
    })
    .prefault({})
    .describe('What happens after downtime.'),
  posting: z
    .strictObject({
      zone: zoneSchema.default('America/New_York').describe('Time zone of the hours at which posts are due.'),
      maxPapers: z.int().min(1).max(100).default(25).describe('Papers a day of a subscription that does not say.'),
    })
    .prefault({})
    .describe('Defaults of new subscriptions.'),
  delivery: z
    .strictObject({
      requestsPerSecond: z
        .int()
        .min(1)
        .max(45)
        .default(40)
        .describe('Requests a second to Discord at most; it allows a bot 50, and answering people takes some.'),
      parallelChannels: z.int().min(1).max(50).default(16).describe('Channels posted to at the same time.'),
      newDmSeconds: z
        .int()
        .min(0)
        .max(600)
        .default(30)
        .describe('Seconds between two people whose direct messages are opened for the first time.'),
    })
    .prefault({})
    .describe('How posts are sent.'),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;

/** The schema of the settings file for editors (JSON Schema), as text; `config/paperboy.schema.json` is this, and a test holds them equal. */
export function settingsJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(settingsSchema, { io: 'input' }), null, 2)}\n`;
}
