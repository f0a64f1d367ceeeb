import { syntheticGuilds } from '../../src/sandbox/world.ts';
import { topics } from './generated-listing.ts';

export type MonthsSubscription = {
  readonly id: string;
  readonly guild: string;
  readonly channel: string;
  readonly style: 'cards' | 'digest';
  readonly query: string;
  readonly maxPapers: number;
  readonly hour: number | null;
  readonly quiet: { readonly from: number; readonly until: number } | null;
  readonly zone: string;
  /** What its query asks for. */
  readonly topics: readonly string[];
};

/** Hours in zones with and without daylight saving (it begins on 8 March in America, on 29 March in Europe), one half an hour off. */
const digests: readonly (readonly [hour: number, zone: string])[] = [
  [9, 'Europe/Berlin'],
  [7, 'Asia/Tokyo'],
  [18, 'America/Los_Angeles'],
  [8, 'Asia/Kolkata'],
  [0, 'Etc/UTC'],
  [22, 'Australia/Sydney'],
];

/** One channel each: four at once, six digests, and two at once with quiet hours in the night in which the listing comes out there. */
export function monthsSubscriptions(): MonthsSubscription[] {
  const atOnce = { style: 'cards', hour: null, quiet: null, zone: 'Etc/UTC' } as const;
  const wishes = [
    ...Array.from({ length: 4 }, (_, at) => ({ ...atOnce, topics: topics.slice(at, at + 1) })),
    ...digests.map(([hour, zone]) => ({
      style: 'digest' as const,
      hour,
      quiet: null,
      zone,
      topics: topics.slice(0, 5),
    })),
    ...['Europe/London', 'Europe/Athens'].map((zone) => ({
      ...atOnce,
      quiet: { from: 22, until: 8 },
      zone,
      topics: topics.slice(5, 7),
    })),
  ];
  const guilds = syntheticGuilds(wishes.length);
  return wishes.map((wish, at) => ({
    id: `month-${at}`,
    guild: guilds[at]?.id ?? '',
    channel: guilds[at]?.channels[0]?.id ?? '',
    query: wish.topics.join(' OR '),
    maxPapers: 100,
    ...wish,
  }));
}
