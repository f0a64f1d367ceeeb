import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** The table of SQLite's full-text index, part of the first migration. */
export async function createPaperIndex(db: Kysely<unknown>): Promise<void> {
  // Our own tokens and stems, joined by blanks (src/store/index-row.ts). The tokenizer `ascii` leaves them as they are: it parts words
  // at ASCII characters other than letters and digits only, where `unicode61` would part words of scripts its old tables do not know.
  // Without content: the text is in `papers`, only the index is here.
  await sql`create virtual table paper_index using fts5(
    title_stems, abstract_stems, comment_stems, title_words, abstract_words, comment_words, authors, categories, ids,
    content = '', contentless_delete = 1, tokenize = 'ascii'
  )`.execute(db);
}
