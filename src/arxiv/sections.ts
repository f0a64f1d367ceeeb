import type { Entry, ListingSection } from '../domain/listing.ts';
import type { AnnouncementKind } from '../domain/paper.ts';

/** The kinds that a listing page knows; it prints `replace-cross` as `(replaced)` too. */
export type PageKind = Extract<AnnouncementKind, 'new' | 'cross' | 'replace'>;

export type SectionTitle = { readonly kind: PageKind; readonly shown: number | null; readonly total: number | null };

const titlePattern =
  /^(New|Cross|Replacement) submissions(?: \((?:continued, )?showing (?:first |last )?(\d+) of (\d+) entries ?\))?$/;

const kindOfTitle: Readonly<Record<string, PageKind>> = { New: 'new', Cross: 'cross', Replacement: 'replace' };

/** Reads `New submissions (showing first 24 of 48 entries)`; null when the text is no section title. */
export function parseSectionTitle(text: string): SectionTitle | null {
  const [, word, shown, total] = titlePattern.exec(text) ?? [];
  const kind = kindOfTitle[word ?? ''];
  if (kind === undefined) return null;
  return { kind, shown: shown === undefined ? null : Number(shown), total: total === undefined ? null : Number(total) };
}

/** Reads the marker behind an identifier: `(replaced)`, `(cross-list from eess.SY)`, or nothing for a new paper; null for another one. */
export function parseMarker(text: string): { readonly kind: PageKind; readonly crossFrom: string | null } | null {
  if (text === '') return { kind: 'new', crossFrom: null };
  if (text === '(replaced)') return { kind: 'replace', crossFrom: null };
  const crossFrom = /^\(cross-list from ([a-z-]+(?:\.[A-Za-z-]+)?)\)$/.exec(text)?.[1];
  return crossFrom === undefined ? null : { kind: 'cross', crossFrom };
}

/**
 * Whether the listing is proven whole: every declared count was read.
 *
 * False as soon as one count disagrees. Null where a section declares none, or where no total tells that no section is missing.
 *
 * @param total how many entries there are in all, as `Total of N entries` declares; null where the source does not say
 */
export function isComplete(sections: readonly ListingSection[], total: number | null): boolean | null {
  const parsed = sections.reduce((sum, section) => sum + section.parsed, 0);
  if (total !== null && total !== parsed) return false;
  if (sections.some(({ shown, total: of, parsed: read }) => (shown ?? read) !== read || (of ?? read) !== read))
    return false;
  if (sections.some((section) => section.shown === null || section.total === null)) return null;
  return total === null ? null : true;
}

/** `isComplete` for a source whose entries were read: also false where one of them stands twice. */
export function isWhole(
  entries: readonly Pick<Entry, 'id' | 'kind'>[],
  sections: readonly ListingSection[],
  total: number | null,
): boolean | null {
  return hasRepeats(entries) ? false : isComplete(sections, total);
}

/**
 * Whether a paper stands twice in one section: then another may be missing though the counts agree. In two sections it may stand:
 * new, and replaced on the same day.
 */
export function hasRepeats(entries: readonly Pick<Entry, 'id' | 'kind'>[]): boolean {
  return new Set(entries.map(({ id, kind }) => `${kind} ${id}`)).size < entries.length;
}
