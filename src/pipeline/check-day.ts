import type { FeedCheck } from '../domain/day.ts';
import type { SecondSource } from '../domain/second-source.ts';
import { AppError } from '../lib/errors.ts';
import type { Announced } from './announce.ts';
import { compareFeed } from './compare-feed.ts';
import { isClosed, tryDay } from './try-day.ts';
import type { TryDayDeps } from './try-day.ts';

export type CheckDayDeps = TryDayDeps & {
  /** Whether arXiv's feed is of that ISO date at an instant, epoch milliseconds. */
  readonly isInFeed: (date: string, nowMs: number) => boolean;
  /** Null where there is none: in the demo. */
  readonly second: SecondSource | null;
};

/**
 * Compares a day that was read from its page with arXiv's feed, and notes what only one of them has. The page decides, the feed checks:
 * where it has papers that the page had not, the page is read once more. What the feed and the API know better (version, DOI, more than
 * 100 authors) enriches the papers.
 *
 * @returns what reading once more announced
 * @throws AppError where nobody may ask arXiv now: see `isClosed`
 */
export async function checkDay(
  archive: string,
  date: string,
  deps: CheckDayDeps,
  signal?: AbortSignal,
): Promise<Announced[]> {
  const { store, clock, log, second } = deps;
  if (second === null) return [];
  const announced: Announced[] = [];
  try {
    const feed = await second.readFeed(archive, signal);
    const compare = async () =>
      compareFeed(await store.papers.announcedOn(archive, date), feed, { archive, date, checkedAt: clock.now() });
    let check = await compare();
    if (check.verdict !== 'stale' && check.onlyFeed.length > 0) {
      const again = await tryDay(archive, date, deps, signal);
      if (again) announced.push(again);
      check = await compare();
    }
    await store.days.saveCheck(archive, date, check);
    say(archive, date, check, deps);
    if (check.verdict !== 'stale') await store.papers.enrich(feed.entries, feed.source);
    await completeAuthors(archive, date, deps, signal);
  } catch (error) {
    if (!(error instanceof AppError) || isClosed(error)) throw error;
    if (error.code !== 'arxiv-stopped')
      log.warn({ archive, date, code: error.code }, `check: ${archive} of ${date} was not checked: ${error.message}`);
  }
  return announced;
}

function say(archive: string, date: string, { verdict, onlyListing, onlyFeed }: FeedCheck, { log }: CheckDayDeps) {
  if (verdict === 'agrees') return log.info({ archive, date }, `check: the feed of ${archive} for ${date} agrees`);
  log.warn(
    { archive, date, onlyListing, onlyFeed },
    `check: the feed of ${archive} for ${date} ${verdict === 'stale' ? 'is of another day' : verdict === 'cut' ? 'is cut' : 'differs'}: ${onlyListing.length} papers only on the page, ${onlyFeed.length} only in the feed`,
  );
}

/** Papers asked of the API in one request. */
const mostAsked = 100;

/** The API knows a paper up to a day after the page: days before are asked about once more, over a weekend and a holiday. */
const authorsWithinDays = 4;

/** A page prints 100 authors of a longer list; the API has them all. */
async function completeAuthors(
  archive: string,
  date: string,
  { store, second, log }: CheckDayDeps,
  signal?: AbortSignal,
): Promise<void> {
  const latest = Temporal.PlainDate.from(date);
  const listed = new Set<string>();
  for (let days = 0; days <= authorsWithinDays; days += 1) {
    const announced = await store.papers.announcedOn(archive, latest.subtract({ days }).toString());
    for (const { id } of announced) listed.add(id);
  }
  const papers = await store.papers.byIds([...listed]);
  const cut = papers.filter(({ authors, authorsTruncated }) => authorsTruncated || authors.length === 0);
  if (second === null || cut.length === 0) return;
  const asked = cut.slice(0, mostAsked).map(({ id }) => id);
  const completed = await store.papers.enrich(await second.readPapers(asked, signal), 'api');
  log.info({ archive, date }, `check: ${completed} of ${cut.length} cut lists of authors were completed`);
}
