import { splitAuthors } from './author-list.ts';

/**
 * The names in a feed's `dc:creator`, as far as they can be restored.
 *
 * arXiv builds it anew from parsed names: every author is given the affiliation of the next one who has any, in brackets that hold
 * commas; a blank follows every full stop (`J. -P. Lees`); a name of one word gets a blank in front. Initials written without one
 * (`A.B. Doe`) stay parted. Source: arxiv-feed, `serializers/extensions.py`, and arxiv-base, `_tidy_name` (2026-11).
 */
export function creatorNames(creator: string): readonly string[] {
  return splitAuthors(creator.replace(/\. (?=[-~})])/g, '.'));
}
