import { z } from 'zod';
import { announcementKinds } from './paper.ts';
import type { AnnouncedPaper, AnnouncementKind, Paper } from './paper.ts';

export const listingSources = ['html', 'text', 'rss', 'atom', 'api', 'oai', 'mail'] as const;
export type ListingSource = (typeof listingSources)[number];

/** One paper of a listing: what the page says of it, and as what it announces it. */
export type Entry = Paper & {
  /** A page that only says `(replaced)` gives `replace`. */
  readonly kind: AnnouncementKind;
  /** The category it was crossed from; null unless `kind` is `cross`. */
  readonly crossFrom: string | null;
};

/** `shown` and `total` are what the source declares (`showing 7 of 7 entries`), null where it does not; `parsed` is what we read. */
export type ListingSection = {
  readonly kind: AnnouncementKind;
  readonly shown: number | null;
  readonly total: number | null;
  readonly parsed: number;
};

/** One day of one archive or category, in the order of the page. */
export type Listing = {
  readonly source: ListingSource;
  /** Archive or category code: `cs`, `cs.DC`. */
  readonly archive: string;
  /** ISO date that the page bears: the day after the evening it was announced. */
  readonly date: string;
  /** True: every declared count was read. False: some were not. Null: the source declares too little to tell. */
  readonly complete: boolean | null;
  readonly sections: readonly ListingSection[];
  readonly entries: readonly Entry[];
};

const kindSchema = z.enum(announcementKinds);

/** Listing JSON, as `parse` prints it and `match --listing` takes it back. */
export const listingSchema = z.object({
  source: z.enum(listingSources),
  archive: z.string().min(1),
  date: z.iso.date(),
  complete: z.boolean().nullable(),
  sections: z.array(
    z.object({ kind: kindSchema, shown: z.int().nullable(), total: z.int().nullable(), parsed: z.int() }),
  ),
  entries: z.array(
    z.object({
      id: z.string().min(1),
      version: z.int().nullable(),
      kind: kindSchema,
      crossFrom: z.string().nullable(),
      title: z.string(),
      authors: z.array(z.string()),
      authorsTruncated: z.boolean(),
      abstract: z.string().nullable(),
      categories: z.array(z.string()),
      primary: z.string(),
      comments: z.string().nullable(),
      journalRef: z.string().nullable(),
      doi: z.string().nullable(),
      withdrawn: z.boolean(),
      formats: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodType<Listing>;

/** The papers of a listing as announced there. */
export function announcedPapers(listing: Listing): AnnouncedPaper[] {
  return listing.entries.map(({ kind, crossFrom: _crossFrom, ...paper }) => ({
    paper,
    date: listing.date,
    announcements: [{ category: listing.archive, kind }],
  }));
}

/** How many entries of each kind a listing has. */
export function countKinds({ entries }: Listing): Partial<Record<AnnouncementKind, number>> {
  const counts: Partial<Record<AnnouncementKind, number>> = {};
  for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** What one try to read a day's listing came to. */
export type ListingReading =
  /** `declared`: how many entries the source says the day has; null where it does not. */
  | { readonly listing: Listing; readonly declared: number | null }
  /** It is not there yet. `shown`: the ISO date of the listing that is there instead; null where there is none. */
  | { readonly listing: null; readonly shown: string | null };

/**
 * Reads the listing of an archive for one announcement date.
 *
 * @param signal ends waiting and reading; then it throws
 * @throws AppError where the source cannot be reached or read
 */
export type ReadListing = (archive: string, date: string, signal?: AbortSignal) => Promise<ListingReading>;
