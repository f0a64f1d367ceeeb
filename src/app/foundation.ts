import packageJson from '../../package.json' with { type: 'json' };
import { lookedForFromMs } from '../arxiv/calendar.ts';
import { calendarWith } from '../arxiv/calendar-with.ts';
import type { AnnouncementCalendar } from '../arxiv/calendar-with.ts';
import { listingCode } from '../arxiv/category.ts';
import { createArxivClient } from '../arxiv/client.ts';
import type { ArxivClient, ArxivSettings } from '../arxiv/client.ts';
import { createListingReader } from '../arxiv/listing-reader.ts';
import { createSecondSource } from '../arxiv/second-source.ts';
import type { Environment } from '../config/environment.ts';
import { loadSettings } from '../config/load-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { ReadListing } from '../domain/listing.ts';
import type { SecondSource } from '../domain/second-source.ts';
import type { Store } from '../domain/ports.ts';
import { createClock } from '../lib/clock.ts';
import type { Clock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import type { Log } from '../lib/log.ts';
import { openStore } from '../store/open-store.ts';
import type { Knowledge } from '../pipeline/knowledge.ts';
import { openKnowledge } from './open-knowledge.ts';
import { readSeedListing, seeds } from './seed-source.ts';
import { hasEnded, holderName } from './this-process.ts';

/** What every part that works on the database stands on. */
export type Foundation = AnnouncementCalendar & {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly log: Log;
  readonly store: Store;
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  /** True without a token: a local Discord, the listings in `seeds/`, and arXiv is never asked. */
  readonly isDemo: boolean;
  /** Asks arXiv, in turn with every other process on this database; null in the demo. */
  readonly arxiv: ArxivClient | null;
  readonly readListing: ReadListing;
  /** Null in the demo. */
  readonly second: SecondSource | null;
  /** Archives and categories to read now. */
  readonly archives: () => Promise<readonly string[]>;
};

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
  const store = await openStore(environment.DATABASE_URL, { log, searchesAside: true });
  const isDemo = environment.DISCORD_TOKEN === undefined;
  const clock = await openClock(environment, store, options.startsDemo ?? false);
  const { holidays } = settings.arxiv;
  const turns = { turns: store.arxivTurns, holder: holderName(), hasEnded };
  const arxiv = isDemo
    ? null
    : createArxivClient({ clock, log, ...turns, settings: arxivSettings(environment, settings) });
  return {
    environment,
    settings,
    log,
    store,
    knowledge: openKnowledge(store),
    clock,
    isDemo,
    arxiv,
    second: arxiv === null ? null : createSecondSource(arxiv),
    readListing: arxiv === null ? readSeedListing : createListingReader({ clock, log, client: arxiv }),
    archives: async () =>
      isDemo ? [...new Set(seeds().map(({ archive }) => archive))] : archivesToRead(store, settings),
    ...calendarWith({ holidays, reachDays: settings.catchUp.days }),
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

const demoClockKey = 'demo.clock';

/**
 * The demo's clock goes on where it stopped, at first at the evening of its latest listing: a clock that jumps back would revive old
 * leases. Undefined, for the machine's own, where no demo has run: then a verb without a token stands beside a real bot.
 */
async function demoStartMs(store: Store, startsDemo: boolean): Promise<number | undefined> {
  const stoppedAt = await store.settings.get(demoClockKey);
  if (stoppedAt === null && !startsDemo) return undefined;
  const latest = seeds().at(-1);
  const announcedMs = latest ? lookedForFromMs(latest.date) : Date.now();
  return Math.max(announcedMs, Number(stoppedAt ?? 0));
}

/** Remembers where the demo's clock stands. */
export async function saveDemoClock({ store, clock, isDemo }: Foundation): Promise<void> {
  if (isDemo) await store.settings.set(demoClockKey, String(clock.now()));
}

/** The archives and categories that the settings or a subscription name, in order. */
export async function archivesToRead({ subscriptions }: Store, { arxiv }: Settings): Promise<string[]> {
  const subscribed = (await subscriptions.categories()).flatMap((category) => listingCode(category) ?? []);
  return [...new Set([...arxiv.listings, ...subscribed])].toSorted();
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
