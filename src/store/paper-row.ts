import type { Insertable, Selectable } from 'kysely';
import type { Paper } from '../domain/paper.ts';
import { readJson, stringsSchema } from './json-column.ts';
import type { PaperTable } from './schema.ts';

/** The columns that describe a paper; the other columns say when it was seen. */
export function toPaperColumns(
  paper: Paper,
): Omit<Insertable<PaperTable>, 'seq' | 'first_announced' | 'last_announced'> {
  return {
    id: paper.id,
    version: paper.version,
    title: paper.title,
    authors_json: JSON.stringify(paper.authors),
    authors_truncated: paper.authorsTruncated ? 1 : 0,
    abstract: paper.abstract,
    categories_json: JSON.stringify(paper.categories),
    primary_category: paper.primary,
    comments: paper.comments,
    journal_ref: paper.journalRef,
    doi: paper.doi,
    withdrawn: paper.withdrawn ? 1 : 0,
    formats_json: JSON.stringify(paper.formats),
  };
}

/** @throws AppError('database-damaged') where a JSON column cannot be read */
export function toPaper(row: Omit<Selectable<PaperTable>, 'seq' | 'first_announced' | 'last_announced'>): Paper {
  const strings = (column: 'authors_json' | 'categories_json' | 'formats_json') =>
    readJson(stringsSchema, row[column], `papers ${row.id} ${column}`);
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    authors: strings('authors_json'),
    authorsTruncated: row.authors_truncated !== 0,
    abstract: row.abstract,
    categories: strings('categories_json'),
    primary: row.primary_category,
    comments: row.comments,
    journalRef: row.journal_ref,
    doi: row.doi,
    withdrawn: row.withdrawn !== 0,
    formats: strings('formats_json'),
  };
}
