import type { ListingSource } from '../domain/listing.ts';
import type { Paper } from '../domain/paper.ts';

/** How far one more source is believed where it says something else than what is known. */
export type Trust = {
  /** Where nobody's version tells which of the two is later: true if what is told is as late as what is known, or later. */
  readonly isCurrent: boolean;
  /** True where names come mangled: from arXiv's feeds. */
  readonly authorsAreMangled?: boolean;
};

/**
 * What is known of a paper after one more source spoke of it: enriched, never degraded.
 *
 * - What `told` does not say (null, `[]`, an empty text) changes nothing, and what was missing is filled in.
 * - Where both say something, the later one is taken: the higher version, or where one of them has none or both have the same,
 *   `told` if `isCurrent` (a page shows the version of its day, and never says which that is).
 * - Authors: a list that is known to be cut gives way to a longer one, and to one as long that is whole. Mangled names count only where
 *   there are no others.
 * - The version is the highest that was told; a withdrawal, which only comments tell, is not taken back by a source without comments.
 *
 * Told the same again, nothing changes.
 */
export function mergePaper(known: Paper, told: Paper, trust: Trust): Paper {
  const isLater = isTold(known.version, told.version, trust.isCurrent);
  const [first, second] = isLater ? [told, known] : [known, told];
  const categorised = first.categories.length > 0 ? first : second;
  const authored = trust.authorsAreMangled === true ? [known, told].find(hasAuthors) : moreAuthors(first, second);
  return {
    id: known.id,
    version:
      known.version === null || told.version === null
        ? (told.version ?? known.version)
        : Math.max(known.version, told.version),
    title: first.title || second.title,
    authors: authored?.authors ?? [],
    authorsTruncated: authored?.authorsTruncated ?? known.authorsTruncated,
    abstract: first.abstract || second.abstract,
    categories: categorised.categories,
    primary: categorised.primary || first.primary || second.primary,
    comments: first.comments || second.comments,
    journalRef: first.journalRef || second.journalRef,
    doi: first.doi || second.doi,
    withdrawn: first.withdrawn || (first.comments === null && second.withdrawn),
    formats: first.formats.length > 0 ? first.formats : second.formats,
  };
}

/** The feeds rebuild names from their parts, and lend affiliations to whoever stands before. */
export function manglesAuthors(source: ListingSource): boolean {
  return source === 'rss' || source === 'atom';
}

function isTold(known: number | null, told: number | null, isCurrent: boolean): boolean {
  return known === null || told === null || known === told ? isCurrent : told > known;
}

function hasAuthors({ authors }: Paper): boolean {
  return authors.length > 0;
}

/** The preferred list of authors, unless it is lost, or is known to be cut where the other one is longer. */
function moreAuthors(first: Paper, second: Paper): Paper {
  const isShortened = first.authorsTruncated && second.authors.length > first.authors.length;
  // As long as the other one, but that one is whole: exactly as many authors as a page prints.
  const isDoubtful =
    first.authorsTruncated && !second.authorsTruncated && second.authors.length === first.authors.length;
  return first.authors.length === 0 || isShortened || isDoubtful ? second : first;
}
