import { z } from 'zod';
import { announcementKinds } from './paper.ts';

export const styles = ['cards', 'digest'] as const;
/** `cards`: one message a paper, with its buttons. `digest`: up to ten papers a message. */
export type Style = (typeof styles)[number];

/**
 * What somebody wants to read. A paper matches when query AND categories (any of) AND authors (any of) AND kinds hold;
 * `interests` ranks, and selects only where the query is empty.
 */
export const subscriptionSchema = z.object({
  id: z.string().min(1),
  query: z.string().default(''),
  /** Any of these; empty: every category. */
  categories: z.array(z.string()).default([]),
  /** Free text. */
  interests: z.string().default(''),
  /** Any of these; empty: everybody. */
  authors: z.array(z.string()).default([]),
  kinds: z.array(z.enum(announcementKinds)).min(1).default(['new', 'cross']),
  /** A percentile, 0 to 1: more relevant than this share of recent papers in its categories. Not applied while that is not known. */
  minScore: z.number().min(0).max(1).default(0),
  /** Papers a day. */
  maxPapers: z.int().min(1).max(100).default(25),
  /** About so many papers a day, the most relevant ones: fewer on quiet days, more on rich ones. Null: all that match, up to `maxPapers`. */
  perDay: z.int().min(1).max(100).nullable().default(null),
});
export type Subscription = Readonly<z.infer<typeof subscriptionSchema>>;

/** The name of a time zone as IANA lists them. */
export const zoneSchema = z.string().refine(isTimeZone, { error: 'expected an IANA time zone such as Europe/Berlin' });

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** From the full hour `from` until the full hour `until`, 0-23, two different ones: 22 and 7 is the night. */
export const quietHoursSchema = z
  .object({ from: z.int().min(0).max(23), until: z.int().min(0).max(23) })
  .refine(({ from, until }) => from !== until, { error: 'expected two different hours' });
export type QuietHours = Readonly<z.infer<typeof quietHoursSchema>>;

/** Whether the full `hour`, and what follows it until the next one, is quiet. */
export function isQuietAt({ from, until }: QuietHours, hour: number): boolean {
  return from < until ? from <= hour && hour < until : from <= hour || hour < until;
}

/** A subscription with the place it posts to, and how. */
export type StoredSubscription = Subscription & {
  /** Discord id of the channel or DM channel. */
  readonly target: string;
  readonly style: Style;
  /** Local hour 0-23 at which posts are due; null: as soon as the listing is read. */
  readonly hour: number | null;
  /** No posts between these local hours; null: none. */
  readonly quiet: QuietHours | null;
  /** IANA time zone of `hour` and `quiet`. */
  readonly zone: string;
  /** Discord user id; null where it came from a file. */
  readonly createdBy: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
};

/** What people change of a subscription by hand. */
export type SubscriptionChange = Pick<
  StoredSubscription,
  'query' | 'categories' | 'interests' | 'maxPapers' | 'perDay' | 'style' | 'hour' | 'quiet' | 'zone'
>;
