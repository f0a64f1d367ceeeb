import packageJson from '../../package.json' with { type: 'json' };
import { announcedAtMs, announcementsUntil } from '../arxiv/calendar.ts';
import { listingCode } from '../arxiv/category.ts';
import { createArxivClient } from '../arxiv/client.ts';
import type { ArxivClient, ArxivSettings } from '../arxiv/client.ts';
import { createListingReader } from '../arxiv/listing-reader.ts';
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
import { hasEnded, holderName } from './this-process.ts';

/** What every part that works on the database stands on. */
export type Foundation = {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly log: Log;
  readonly store: Store;
  readonly clock: Clock;
  /** True without a token: a local Discord, the listings in `seeds/`, and arXiv is never asked. */
  readonly isDemo: boolean;
  /** Asks arXiv, in turn with every other process on this database; null in the demo. */
  readonly arxiv: ArxivClient | null;
  readonly readListing: ReadListing;
  /** Archives and categories to read now. */
  readonly archives: () => Promise<readonly string[]>;
  /** Epoch milliseconds at which the announcement of an ISO date comes out. */
  readonly announcedAtMs: (date: string) => number;
  /** ISO dates of announcements out by `nowMs`, oldest first, as far back as the settings reach; with `onlyLatest` the last of them. */
  readonly announcementsUntil: (nowMs: number, onlyLatest: boolean) => string[];
};

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Reads settings, opens the store and starts our clock.
 *
 * @param options.startsDemo see `openClock`
 * @throws AppError with a sentence, or several for several bad settings
 */
export async function openFoundation(
  environment: Environment,
  options: { readonly startsDemo?: boolean } = {},
): Promise<Foundation> {
  const settings = loadSettings(environment.PAPERBOY_CONFIG);
  const log = createLog(environment.LOG_LEVEL);
  const store = await openStore(environment.DATABASE_URL, { log });
  const isDemo = environment.DISCORD_TOKEN === undefined;
  const clock = await openClock(environment, store, options.startsDemo ?? false);
  const { holidays, listings } = settings.arxiv;
  const turns = { turns: store.arxivTurns, holder: holderName(), hasEnded };
  const arxiv = isDemo
    ? null
    : createArxivClient({ clock, log, ...turns, settings: arxivSettings(environment, settings) });
  return {
    environment,
    settings,
    log,
    store,
    clock,
    isDemo,
    arxiv,
    readListing: arxiv === null ? readSeedListing : createListingReader({ clock, log, client: arxiv }),
    archives: async () => {
      if (isDemo) return [...new Set(seeds().map(({ archive }) => archive))];
      return [...new Set([...listings, ...(await subscribedCategories(store))])].toSorted();
    },
    announcedAtMs,
    announcementsUntil: (nowMs, onlyLatest) => {
      const after = isoDate(nowMs - settings.catchUp.days * dayMs);
      return announcementsUntil(nowMs, onlyLatest ? { holidays } : { after, holidays });
    },
  };
}

/**
 * The clock that the environment asks for.
 *
 * @param startsDemo true for the bot itself: without a token its clock is the demo's, and so is that of verbs beside it
 */
export async function openClock(environment: Environment, store: Store, startsDemo: boolean): Promise<Clock> {
  const startAtMs = environment.PAPERBOY_NOW
    ? Date.parse(environment.PAPERBOY_NOW)
    : environment.DISCORD_TOKEN === undefined
      ? await demoStartMs(store, startsDemo)
      : undefined;
  return createClock({ rate: environment.PAPERBOY_CLOCK_RATE, ...(startAtMs === undefined ? {} : { startAtMs }) });
}

/** Minutes after 20:00 in New York at which arXiv's listing has usually come out; arXiv's own mails left from 20:31 on (2023). */
const listingOutAfterMs = 5 * 60_000;

const demoClockKey = 'demo.clock';

/**
 * The demo's clock goes on where it stopped, at first at the evening of its latest listing: a clock that jumps back would revive old
 * leases. Undefined, for the machine's own, where no demo has run: then a verb without a token stands beside a real bot.
 */
async function demoStartMs(store: Store, startsDemo: boolean): Promise<number | undefined> {
  const stoppedAt = await store.settings.get(demoClockKey);
  if (stoppedAt === null && !startsDemo) return undefined;
  const latest = seeds().at(-1);
  const announcedMs = latest ? announcedAtMs(latest.date) + listingOutAfterMs : Date.now();
  return Math.max(announcedMs, Number(stoppedAt ?? 0));
}

/** Remembers where the demo's clock stands. */
export async function saveDemoClock({ store, clock, isDemo }: Foundation): Promise<void> {
  if (isDemo) await store.settings.set(demoClockKey, String(clock.now()));
}

async function subscribedCategories(store: Store): Promise<string[]> {
  const subscriptions = await store.subscriptions.list();
  return subscriptions.flatMap(({ categories }) => categories.flatMap((category) => listingCode(category) ?? []));
}

/** How arXiv is asked. */
export function arxivSettings(environment: Environment, { arxiv }: Settings): ArxivSettings {
  const contact = arxiv.contact === '' ? '' : ` (${arxiv.contact})`;
  return {
    roots: {
      page: environment.ARXIV_URL,
      rss: environment.ARXIV_RSS_URL,
      api: environment.ARXIV_API_URL,
      oai: environment.ARXIV_OAI_URL,
    },
    minIntervalMs: environment.ARXIV_MIN_INTERVAL_MS,
    pageIntervalMs: environment.ARXIV_PAGE_INTERVAL_MS,
    userAgent: `Paperboy/${packageJson.version}${contact}`,
    timeoutMs: arxiv.timeoutMs,
    maxBytes: arxiv.maxBytes,
  };
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
