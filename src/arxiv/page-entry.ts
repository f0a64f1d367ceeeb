import type { Entry } from '../domain/listing.ts';
import { isCutAuthorList } from './author-limit.ts';
import type { PageKind } from './sections.ts';
import type { Subject } from './subjects.ts';
import { saysWithdrawn } from './withdrawn.ts';

/** An entry of a listing page, with the names of its subjects. */
export type PageEntry = { readonly entry: Entry & { readonly kind: PageKind }; readonly subjects: readonly Subject[] };

/** What a listing page prints of an entry, whatever its format. */
type Printed = Pick<
  Entry,
  'id' | 'crossFrom' | 'title' | 'authors' | 'abstract' | 'comments' | 'journalRef' | 'formats'
> & {
  readonly kind: PageKind;
  /** Where the page says so itself. */
  readonly authorsTruncated?: boolean;
  /** The primary one first. */
  readonly subjects: readonly [Subject, ...Subject[]];
};

/** Completes what a page prints with what follows from it; version and DOI no listing page tells. */
export function pageEntry({ subjects, ...printed }: Printed): PageEntry {
  return {
    entry: {
      id: printed.id,
      version: null,
      kind: printed.kind,
      crossFrom: printed.crossFrom,
      title: printed.title,
      authors: printed.authors,
      authorsTruncated: printed.authorsTruncated === true || isCutAuthorList(printed.authors),
      abstract: printed.abstract,
      categories: subjects.map(({ code }) => code),
      primary: subjects[0].code,
      comments: printed.comments,
      journalRef: printed.journalRef,
      doi: null,
      withdrawn: saysWithdrawn(printed.comments),
      formats: printed.formats,
    },
    subjects,
  };
}
