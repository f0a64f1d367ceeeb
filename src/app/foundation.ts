import packageJson from '../../package.json' with { type: 'json' };
import { announcedAtMs, announcementsUntil } from '../arxiv/calendar.ts';
import { canonicalCategory } from '../arxiv/category-alias.ts';
import { createArxivSource } from '../arxiv/client.ts';
import type { Environment } from '../config/environment.ts';
import { loadSettings } from '../config/load-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { ReadListing } from '../domain/listing.ts';
import type { Store } from '../domain/ports.ts';
import { createClock } from '../lib/clock.ts';
import type { Clock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import type { Log } from '../lib/log.ts';
import { openStore } from '../store/open-store.ts';
import { readSeedListing, seeds } from './seed-source.ts';

/** What every part that works on the database stands on. */
export type Foundation = {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly log: Log;
  readonly store: Store;
  readonly clock: Clock;
  /** True without a token: a local Discord, the listings in `seeds/`, and arXiv is never asked. */
  readonly isDemo: boolean;
  readonly readListing: ReadListing;
  /** Archives and categories to read now. */
  readonly archives: () => Promise<readonly string[]>;
  /** ISO dates of announcements out by `nowMs` and later than `after`, oldest first, within the settings' reach; without `after` the latest. */
  readonly announcementsUntil: (nowMs: number, after: string | null) => string[];
};

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Reads settings, opens the store and starts our clock.
 *
 * @throws AppError with a sentence, or several for several bad settings
 */
export async function openFoundation(environment: Environment): Promise<Foundation> {
  const settings = loadSettings(environment.PAPERBOY_CONFIG);
  const log = createLog(environment.LOG_LEVEL);
  const store = await openStore(environment.DATABASE_URL, { log });
  const isDemo = environment.DISCORD_TOKEN === undefined;
  const startAtMs = environment.PAPERBOY_NOW
    ? Date.parse(environment.PAPERBOY_NOW)
    : isDemo
      ? await demoStartMs(store)
      : undefined;
  const clock = createClock({
    rate: environment.PAPERBOY_CLOCK_RATE,
    ...(startAtMs === undefined ? {} : { startAtMs }),
  });
  const { holidays, listings } = settings.arxiv;
  return {
    environment,
    settings,
    log,
    store,
    clock,
    isDemo,
    readListing: isDemo
      ? readSeedListing
      : createArxivSource({ clock, log, settings: sourceSettings(environment, settings) }),
    archives: async () => {
      if (isDemo) return [...new Set(seeds().map(({ archive }) => archive))];
      const wanted = [...listings, ...(await subscribedCategories(store))].map(canonicalCategory);
      return [...new Set(wanted)].toSorted();
    },
    announcementsUntil: (nowMs, after) => {
      if (after === null) return announcementsUntil(nowMs, { holidays });
      const reach = isoDate(nowMs - settings.catchUp.days * dayMs);
      return announcementsUntil(nowMs, { after: after > reach ? after : reach, holidays });
    },
  };
}

/** Minutes after 20:00 in New York at which arXiv's listing has usually come out; arXiv's own mails left from 20:31 on (2023). */
const listingOutAfterMs = 5 * 60_000;

const demoClockKey = 'demo.clock';

/** The demo's clock goes on where it stopped, at first at the evening of its latest listing: a clock that jumps back would revive old leases. */
async function demoStartMs(store: Store): Promise<number> {
  const latest = seeds().at(-1);
  const announcedMs = latest ? announcedAtMs(latest.date) + listingOutAfterMs : Date.now();
  return Math.max(announcedMs, Number((await store.settings.get(demoClockKey)) ?? 0));
}

/** Remembers where the demo's clock stands. */
export async function saveDemoClock({ store, clock, isDemo }: Foundation): Promise<void> {
  if (isDemo) await store.settings.set(demoClockKey, String(clock.now()));
}

async function subscribedCategories(store: Store): Promise<string[]> {
  const subscriptions = await store.subscriptions.list();
  // `cs.*` is the listing of the whole archive; no other pattern names one.
  const codes = subscriptions.flatMap(({ categories }) => categories.map((category) => category.replace(/\.\*$/, '')));
  return codes.filter((code) => !code.includes('*'));
}

function sourceSettings(environment: Environment, { arxiv }: Settings) {
  const contact = arxiv.contact === '' ? '' : ` (${arxiv.contact})`;
  return {
    baseUrl: environment.ARXIV_URL,
    // A fast clock of ours must not press arXiv.
    pageIntervalMs: environment.ARXIV_PAGE_INTERVAL_MS * environment.PAPERBOY_CLOCK_RATE,
    userAgent: `Paperboy/${packageJson.version}${contact}`,
    timeoutMs: arxiv.timeoutMs,
    maxBytes: arxiv.maxBytes,
  };
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
