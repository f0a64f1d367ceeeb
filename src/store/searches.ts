import type { Kysely } from 'kysely';
import type { PaperStore } from '../domain/ports.ts';
import { createIndexReader } from './index-reader.ts';
import type { Tables } from './schema.ts';
import { searchPapers } from './search-papers.ts';
import { nearestPapers } from './nearest-papers.ts';
import { similarPapers } from './similar-papers.ts';

/** Answers what is asked of the archive; see PaperStore. */
export type Searches = Pick<PaperStore, 'search' | 'similar' | 'nearest'>;

/**
 * Searches on the connection itself: for a process that waits for nothing else, and where nobody else sees the database. Each is one
 * snapshot. `name` is how messages call the database.
 */
export function createSearches(db: Kysely<Tables>, name: string): Searches {
  const index = createIndexReader(name);
  const reading = () => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return {
    search: (request) => reading().execute((transaction) => searchPapers(transaction, index, request)),
    similar: (id, limit) => reading().execute((transaction) => similarPapers(transaction, index, id, limit)),
    nearest: (terms, limit) => reading().execute((transaction) => nearestPapers(transaction, index, terms, limit)),
  };
}
