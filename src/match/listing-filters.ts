import { announcementKinds } from '../domain/paper.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import { matchesCategory } from '../query/category-pattern.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';
import { kindInPattern } from './kind-in.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

/** The categories and kinds that subscriptions ask for: few different ones, numbered from 0, each told once a paper. */
export type ListingFilters = {
  /** The number of what a subscription asks for; those that ask for the same share it. */
  intern(subscription: Pick<SubscriptionFilter, 'categories' | 'kinds'>): number;
  /**
   * A byte a filter: 1 where the paper comes as one of its kinds in one of its categories. Valid until the next call.
   * Cost: O(filters), but only those with a category of the paper are asked.
   */
  mark(announced: AnnouncedPaper): Uint8Array;
};

/** A category asked for, and the filters that ask for it. */
type Asked = { readonly pattern: CategoryPattern; readonly filters: { readonly number: number; readonly kinds: number }[] };

export function createListingFilters(): ListingFilters {
  const numbers = new Map<string, number>();
  const asked = new Map<string, Asked>();
  const anywhere: Asked['filters'] = [];
  /** Categories asked for that a code of a paper is in. */
  const askedByCode = new Map<string, readonly Asked[]>();
  let holds = new Uint8Array(256);

  return { intern, mark };

  function intern({ categories, kinds }: Pick<SubscriptionFilter, 'categories' | 'kinds'>): number {
    const mask = kinds.reduce((sum, kind) => sum | bitOf(kind), 0);
    const patterns = new Map(categories.map(({ pattern }) => [`${pattern.code} ${pattern.reach}`, pattern]));
    const key = [mask, ...[...patterns.keys()].toSorted()].join(',');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(key, number);
    if (number >= holds.length) holds = new Uint8Array(2 * holds.length);
    const filter = { number, kinds: mask };
    if (patterns.size === 0) anywhere.push(filter);
    for (const [name, pattern] of patterns) {
      const one = asked.get(name);
      if (one === undefined) {
        asked.set(name, { pattern, filters: [filter] });
        askedByCode.clear();
      } else one.filters.push(filter);
    }
    return number;
  }

  function mark(announced: AnnouncedPaper): Uint8Array {
    holds.fill(0);
    const { paper, announcements } = announced;
    hold(anywhere, announcements.reduce((sum, { kind }) => sum | bitOf(kind), 0));
    const codes = new Set([...paper.categories, paper.primary, ...announcements.map(({ category }) => category)]);
    const found = new Set([...codes].flatMap((code) => askedFor(code)));
    for (const { pattern, filters } of found) {
      const kind = kindInPattern(announced, pattern);
      if (kind !== null) hold(filters, bitOf(kind));
    }
    return holds;
  }

  function hold(filters: Asked['filters'], kinds: number): void {
    for (const filter of filters) if ((filter.kinds & kinds) !== 0) holds[filter.number] = 1;
  }

  function askedFor(code: string): readonly Asked[] {
    const known = askedByCode.get(code);
    if (known !== undefined) return known;
    const found = [...asked.values()].filter(({ pattern }) => matchesCategory(pattern, code));
    askedByCode.set(code, found);
    return found;
  }
}

function bitOf(kind: AnnouncedPaper['announcements'][number]['kind']): number {
  return 1 << announcementKinds.indexOf(kind);
}
