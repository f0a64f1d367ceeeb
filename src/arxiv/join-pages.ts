import type { Listing } from '../domain/listing.ts';
import { isWhole } from './sections.ts';

/** One page of a day's listing; `total` is how many entries the whole day is declared to have, null where the page does not say. */
export type ListingPage = { readonly listing: Listing; readonly total: number | null };

/**
 * Two pages of one day as one: a section that goes on keeps its declared total, and what was shown adds up. An entry that both hold,
 * because the day changed between them, leaves the day incomplete: another may have slipped through.
 */
export function joinPages(first: ListingPage, second: ListingPage): ListingPage {
  const sections = [...first.listing.sections];
  for (const section of second.listing.sections) {
    const index = sections.findIndex((known) => known.kind === section.kind);
    const known = sections[index];
    if (known === undefined) {
      sections.push(section);
      continue;
    }
    const shown = known.shown === null || section.shown === null ? null : known.shown + section.shown;
    sections[index] = { ...known, shown, parsed: known.parsed + section.parsed };
  }
  const entries = [...first.listing.entries, ...second.listing.entries];
  const { total } = first;
  const complete = isWhole(entries, sections, total);
  return { listing: { ...first.listing, sections, entries, complete }, total };
}
