import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import { categorySpellings } from '../domain/category-spellings.ts';
import { matchesCategory } from '../query/category-pattern.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';
import { kindsOf } from './kind-in.ts';

/** A category, or none, and kinds, that subscriptions ask for: few different ones, numbered from 1, each told once a paper. */
export type ListingFilters = {
  /** The number of the filter that passes what comes as one of the kinds in the category; null: in any. Those that pass the same share it. */
  intern(category: CategoryPattern | null, kinds: readonly AnnouncementKind[]): number;
  /** The filters that a paper passes, each once. Cost: O(filters with a category of the paper). */
  passed(announced: AnnouncedPaper): readonly number[];
};

/** `kinds`: a bit a kind. */
type Filter = { readonly number: number; readonly kinds: number };
/** A category asked for, and the filters that ask for it. */
type Asked = { readonly pattern: CategoryPattern; readonly filters: Filter[] };

export function createListingFilters(): ListingFilters {
  let last = 0;
  const anywhere: Filter[] = [];
  /** By the code of the pattern. */
  const asked = new Map<string, Asked[]>();
  /** Those with which several codes begin. */
  const askedBeginnings: Asked[] = [];
  /** Categories asked for that a code of a paper is in. */
  const askedByCode = new Map<string, readonly Asked[]>();

  return { intern, passed };

  function intern(category: CategoryPattern | null, kinds: readonly AnnouncementKind[]): number {
    const bits = bitsOf(kinds);
    const filters = category === null ? anywhere : filtersOf(category);
    const known = filters.find((filter) => filter.kinds === bits);
    if (known !== undefined) return known.number;
    last += 1;
    filters.push({ number: last, kinds: bits });
    return last;
  }

  function filtersOf(pattern: CategoryPattern): Filter[] {
    const sameCode = asked.get(pattern.code);
    const known = sameCode?.find(({ pattern: { reach } }) => reach === pattern.reach);
    if (known !== undefined) return known.filters;
    const added: Asked = { pattern, filters: [] };
    if (sameCode === undefined) asked.set(pattern.code, [added]);
    else sameCode.push(added);
    if (pattern.reach === 'prefix') askedBeginnings.push(added);
    askedByCode.clear();
    return added.filters;
  }

  function passed(announced: AnnouncedPaper): number[] {
    const { paper, announcements } = announced;
    const kindIn = kindsOf(announced);
    const found = passing(anywhere, bitsOf(announcements.map(({ kind }) => kind)));
    const told: Asked[] = [];
    for (const code of [paper.primary, ...paper.categories, ...announcements.map(({ category }) => category)]) {
      for (const one of askedFor(code)) {
        if (told.includes(one)) continue;
        told.push(one);
        const kind = kindIn(one.pattern);
        if (kind !== null) found.push(...passing(one.filters, bitsOf([kind])));
      }
    }
    return found;
  }

  function askedFor(code: string): readonly Asked[] {
    const known = askedByCode.get(code);
    if (known !== undefined) return known;
    // A category or an archive is asked for by its own code: few need a comparison.
    const codes = categorySpellings(code).flatMap((spelling) => [spelling, spelling.split('.')[0] ?? '']);
    const sameCode = codes.flatMap((same) => asked.get(same) ?? []);
    const found = [...sameCode, ...askedBeginnings].filter(({ pattern }) => matchesCategory(pattern, code));
    askedByCode.set(code, found);
    return found;
  }
}

function passing(filters: readonly Filter[], kinds: number): number[] {
  return filters.filter((filter) => (filter.kinds & kinds) !== 0).map(({ number }) => number);
}

function bitsOf(kinds: readonly AnnouncementKind[]): number {
  let bits = 0;
  for (const kind of kinds) bits |= kindBits[kind];
  return bits;
}

const kindBits: Readonly<Record<AnnouncementKind, number>> = { new: 1, cross: 2, replace: 4, 'replace-cross': 8 };
