import type { Paper } from '../domain/paper.ts';

/**
 * What is known of a paper after one more source spoke of it: enriched, never degraded.
 *
 * What `told` does not say (null, `[]`, an empty text) changes nothing. What both say is taken from `told` if it is of the same day or
 * later than what we have (`toldIsCurrent`), because a page shows the version of its day.
 */
export function mergePaper(known: Paper, told: Paper, toldIsCurrent: boolean): Paper {
  const [first, second] = toldIsCurrent ? [told, known] : [known, told];
  const categorised = first.categories.length > 0 ? first : second;
  const authored = moreAuthors(first, second);
  return {
    id: known.id,
    version:
      known.version === null || told.version === null
        ? (told.version ?? known.version)
        : Math.max(known.version, told.version),
    title: first.title || second.title,
    authors: authored.authors,
    authorsTruncated: authored.authorsTruncated,
    abstract: first.abstract || second.abstract,
    categories: categorised.categories,
    primary: categorised.primary || first.primary || second.primary,
    comments: first.comments || second.comments,
    journalRef: first.journalRef || second.journalRef,
    doi: first.doi || second.doi,
    // A withdrawal is told in the comments only: a source without comments does not take it back.
    withdrawn: first.withdrawn || (first.comments === null && second.withdrawn),
    formats: first.formats.length > 0 ? first.formats : second.formats,
  };
}

/** The preferred list of authors, unless it is lost, or is known to be cut where the other one is longer. */
function moreAuthors(first: Paper, second: Paper): Paper {
  const isShortened = first.authorsTruncated && second.authors.length > first.authors.length;
  // As long as the other one, but that one is whole: exactly as many authors as a page prints.
  const isDoubtful =
    first.authorsTruncated && !second.authorsTruncated && second.authors.length === first.authors.length;
  return first.authors.length === 0 || isShortened || isDoubtful ? second : first;
}
