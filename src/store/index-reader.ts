import type { Kysely } from 'kysely';
import { AppError } from '../lib/errors.ts';
import type { Block } from '../search/block.ts';
import { bytesToLines } from '../search/bytes.ts';
import { decodeDocuments } from '../search/documents.ts';
import { withDead } from '../search/index-snapshot.ts';
import type { BlockPart, BlockPlace, IndexSnapshot, LoadedSegment, Segment } from '../search/index-snapshot.ts';
import { blockKey } from './paper-index.ts';
import { inBatches } from './batches.ts';
import type { Tables } from './schema.ts';

/**
 * The index of words as a transaction sees it. What does not change is remembered from one to the next: of each segment its documents and
 * first terms, some 25 bytes a paper.
 */
export type IndexReader = { snapshot(transaction: Kysely<Tables>): Promise<IndexSnapshot> };

/** @param name names the database in error messages */
export function createIndexReader(name: string): IndexReader {
  let loaded: readonly LoadedSegment[] = [];
  let segments: readonly Segment[] = [];
  return {
    snapshot: async (transaction) => {
      const rows = await transaction.selectFrom('search_segments').select('seq').orderBy('position').execute();
      const isSame = rows.length === loaded.length && rows.every(({ seq }, index) => loaded[index]?.seq === seq);
      if (!isSame) {
        loaded = await loadSegments(
          transaction,
          rows.map(({ seq }) => seq),
          loaded,
        );
        segments = withDead(loaded);
      }
      return { segments, blocks: (places, part) => readBlocks(transaction, name, places, part) };
    },
  };
}

async function loadSegments(
  db: Kysely<Tables>,
  seqs: readonly number[],
  known: readonly LoadedSegment[],
): Promise<LoadedSegment[]> {
  const bySeq = new Map(known.map((segment) => [segment.seq, segment]));
  const missing = seqs.filter((seq) => !bySeq.has(seq));
  // One by one: those of a large archive have megabytes each.
  for (const seq of missing) {
    const row = await db
      .selectFrom('search_segments')
      .select(['documents', 'heads'])
      .where('seq', '=', seq)
      .executeTakeFirstOrThrow();
    bySeq.set(seq, { seq, documents: decodeDocuments(row.documents), heads: bytesToLines(row.heads) });
  }
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

const nothing = new Uint8Array();
const partColumns = {
  terms: ['block', 'terms'],
  docs: ['block', 'terms', 'docs'],
  positions: ['block', 'terms', 'docs', 'positions'],
} as const satisfies Record<BlockPart, readonly (keyof Tables['search_blocks'])[]>;

async function readBlocks(
  db: Kysely<Tables>,
  name: string,
  places: readonly BlockPlace[],
  part: BlockPart,
): Promise<Block[]> {
  const read: Block[] = [];
  for (const batch of inBatches(places.map(({ segment, number }) => blockKey(segment, number)))) {
    const rows: readonly ({ block: number } & Partial<Block>)[] = await db
      .selectFrom('search_blocks')
      .select(partColumns[part])
      .where('block', 'in', batch)
      .execute();
    const found = new Map(rows.map((row) => [row.block, row]));
    for (const key of batch) {
      const row = found.get(key);
      if (row === undefined) {
        throw new AppError(
          'database-damaged',
          `store: the index of words in the database ${name} lacks block ${key}: stop Paperboy and restore a backup`,
        );
      }
      read.push({ terms: row.terms ?? nothing, docs: row.docs ?? nothing, positions: row.positions ?? nothing });
    }
  }
  return read;
}
