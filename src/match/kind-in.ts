import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import { announcementKinds } from '../domain/paper.ts';
import { matchesCategory, parseCategoryPattern } from '../query/category-pattern.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';

/**
 * As what a paper comes in a category, an archive (`cs`) or a wildcard (`cs.*`), in any case; null where it is in none of them.
 *
 * An announcement in that very category is taken at its word. Otherwise the kind follows from what was announced elsewhere: a new
 * paper is `new` in its primary category and `cross` in its others, a replaced one `replace` and `replace-cross`. One that was only
 * crossed may have been new long ago: it is `cross` everywhere else, until its primary category's own listing says more.
 */
export function kindIn(announced: AnnouncedPaper, category: string): AnnouncementKind | null {
  const pattern = parseCategoryPattern(category);
  return pattern === null ? null : kindInPattern(announced, pattern);
}

/** `kindIn` for a category that was read before. */
export function kindInPattern(announced: AnnouncedPaper, pattern: CategoryPattern): AnnouncementKind | null {
  return kindsOf(announced)(pattern);
}

/** `kindInPattern` for many categories: what was announced is read once. */
export function kindsOf({
  paper,
  announcements,
}: AnnouncedPaper): (pattern: CategoryPattern) => AnnouncementKind | null {
  const listings = announcements.map(({ category, kind }) => ({ pattern: parseCategoryPattern(category), kind }));
  return (pattern) => {
    const there = listings.filter((listing) => isSame(listing.pattern, pattern));
    // The kinds are in the order of weight: a paper that is new in one of several sections is new.
    const known = announcementKinds.find((kind) => there.some((one) => one.kind === kind));
    if (known !== undefined) return known;
    const matches = (code: string): boolean => matchesCategory(pattern, code);
    const isPrimary = matches(paper.primary);
    if (!isPrimary && !paper.categories.some(matches)) return null;
    if (announcements.some(({ kind }) => kind === 'new')) return isPrimary ? 'new' : 'cross';
    if (announcements.some(({ kind }) => kind === 'cross')) return 'cross';
    return isPrimary ? 'replace' : 'replace-cross';
  };
}

function isSame(announced: CategoryPattern | null, pattern: CategoryPattern): boolean {
  return announced !== null && announced.code === pattern.code && announced.reach === pattern.reach;
}
