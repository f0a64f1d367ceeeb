import { z } from 'zod';

/** How a listing announces a paper in one category on one day. A paper has no kind of its own: it is new in its primary and crossed elsewhere. */
export const announcementKinds = ['new', 'cross', 'replace', 'replace-cross'] as const;
export type AnnouncementKind = (typeof announcementKinds)[number];

/**
 * A paper as arXiv describes it, TeX included: `title`, `authors`, `abstract` become Unicode only when shown.
 * `id` is the canonical arXiv identifier without version (`2505.15988`, `math/0309136`).
 */
export type Paper = {
  readonly id: string;
  /** Null where the source does not tell (a listing page never does). */
  readonly version: number | null;
  readonly title: string;
  /** Empty where the source lost them. */
  readonly authors: readonly string[];
  /** True where the source is known to cut its list (listing pages stop at 100). */
  readonly authorsTruncated: boolean;
  /** Paragraphs joined by a blank line; null where the source has none. */
  readonly abstract: string | null;
  /** Category codes in arXiv's order, primary first: `cs.DC`. */
  readonly categories: readonly string[];
  readonly primary: string;
  readonly comments: string | null;
  readonly journalRef: string | null;
  readonly doi: string | null;
  readonly withdrawn: boolean;
  /** Of `pdf`, `html`, `other`, in arXiv's order. */
  readonly formats: readonly string[];
};

/** A paper with what is known of its announcements on one day. */
export type AnnouncedPaper = {
  readonly paper: Paper;
  /** ISO date of the announcement; null where the source tells none (a bare JSONL of papers). */
  readonly date: string | null;
  /** At least one for an announced paper; `category` is the listing it was seen in. */
  readonly announcements: readonly { readonly category: string; readonly kind: AnnouncementKind }[];
};

/** A paper on a day, and how far we were with it there. */
export type PaperDay = AnnouncedPaper & {
  readonly date: string;
  /** True where no listing announced it to us: we know it from an import, which is posted to nobody. */
  readonly imported: boolean;
  /** When it was matched, epoch milliseconds; null for an imported one, and where some listing of the day still waits for that. */
  readonly matchedAt: number | null;
};

/**
 * A paper of a JSON Lines file, as other tools write it; unknown fields are ignored.
 * Identifiers stay strings: 0912.5000 is not 912.5.
 */
export const paperLineSchema = z
  .object({
    id: z.string().min(1),
    title: z.string(),
    abstract: z.string().nullish(),
    authors: z.array(z.string()).default([]),
    categories: z.array(z.string()).default([]),
    primary: z.string().optional(),
    kind: z.enum(announcementKinds).default('new'),
    version: z.int().positive().nullish(),
    comments: z.string().nullish(),
    journalRef: z.string().nullish(),
    'journal-ref': z.string().nullish(),
    doi: z.string().nullish(),
    announced: z.iso.date().optional(),
    date: z.iso.date().optional(),
  })
  .transform((line): AnnouncedPaper => {
    const primary = line.primary ?? line.categories[0] ?? '';
    return {
      paper: {
        id: line.id,
        version: line.version ?? null,
        title: line.title,
        authors: line.authors,
        authorsTruncated: false,
        abstract: line.abstract ?? null,
        categories: line.categories,
        primary,
        comments: line.comments ?? null,
        journalRef: line.journalRef ?? line['journal-ref'] ?? null,
        doi: line.doi ?? null,
        withdrawn: false,
        formats: [],
      },
      date: line.announced ?? line.date ?? null,
      announcements: [{ category: primary, kind: line.kind }],
    };
  });
