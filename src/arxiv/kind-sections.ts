import type { Entry, ListingSection } from '../domain/listing.ts';
import { announcementKinds } from '../domain/paper.ts';

/** The sections of a source that has none of its own and declares no counts: one for each kind present. */
export function kindSections(entries: readonly Entry[]): readonly ListingSection[] {
  return announcementKinds
    .map((kind) => ({ kind, shown: null, total: null, parsed: entries.filter((entry) => entry.kind === kind).length }))
    .filter((section) => section.parsed > 0);
}
