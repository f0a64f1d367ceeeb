import type { FeedCheck } from '../domain/day.ts';
import type { Listing } from '../domain/listing.ts';
import type { AnnouncementKind } from '../domain/paper.ts';

/** Ids that are kept of papers that only one source has. */
const mostNamed = 50;

/**
 * Compares what a listing announced with arXiv's feed of that day. Only new and crossed papers count: the kinds of replacements differ by
 * source, and nobody misses one.
 *
 * @param listed what the listing announced
 * @param feed of the same archive; `complete: false` where it is full, so that arXiv may have cut it
 */
export function compareFeed(
  listed: readonly { readonly id: string; readonly kind: AnnouncementKind }[],
  feed: Listing,
  of: { readonly archive: string; readonly date: string; readonly checkedAt: number },
): FeedCheck {
  const { checkedAt } = of;
  const inFeed = feed.entries.filter((entry) => isFresh(entry) && !isCrossWithin(of.archive, entry));
  const ours = new Set(listed.filter(isFresh).map(({ id }) => id));
  const theirs = new Set(inFeed.map(({ id }) => id));
  if (isStale(listed, feed, of.date)) return { verdict: 'stale', checkedAt, onlyListing: [], onlyFeed: [] };
  const onlyFeed = [...theirs.difference(ours)].toSorted();
  // arXiv cuts the new papers off a feed that is too long: what it has not says nothing.
  const onlyListing = feed.complete === false ? [] : [...ours.difference(theirs)].toSorted();
  const isSame = onlyFeed.length === 0 && onlyListing.length === 0;
  return {
    verdict: feed.complete === false ? 'cut' : isSame ? 'agrees' : 'differs',
    checkedAt,
    onlyListing: onlyListing.slice(0, mostNamed),
    onlyFeed: onlyFeed.slice(0, mostNamed),
  };
}

function isFresh({ kind }: { readonly kind: AnnouncementKind }): boolean {
  return kind === 'new' || kind === 'cross';
}

/** The page of a whole archive leaves out what was crossed from one of its categories to another; the feed has it. */
function isCrossWithin(archive: string, { kind, primary }: Listing['entries'][number]): boolean {
  return kind === 'cross' && primary.startsWith(`${archive}.`);
}

/** A feed has been seen to serve the day before under today's date: then not one of its new papers is new today. */
function isStale(listed: Parameters<typeof compareFeed>[0], feed: Listing, date: string): boolean {
  if (feed.date !== date) return true;
  const ours = new Set(listed.filter(isNew).map(({ id }) => id));
  const theirs = feed.entries.filter(isNew);
  return ours.size > 0 && theirs.length > 0 && theirs.every(({ id }) => !ours.has(id));
}

function isNew({ kind }: { readonly kind: AnnouncementKind }): boolean {
  return kind === 'new';
}
