import type { Kysely } from 'kysely';
import { buildSegment } from '../search/build-segment.ts';
import type { PaperToIndex } from '../search/build-segment.ts';
import { bytesToLines, linesToBytes } from '../search/bytes.ts';
import type { Block } from '../search/block.ts';
import { decodeDocuments } from '../search/documents.ts';
import { withDead } from '../search/index-snapshot.ts';
import { mergeSegments } from '../search/merge-segments.ts';
import { segmentsToMerge } from '../search/plan-merge.ts';
import type { Tables } from './schema.ts';

/** More than a segment ever has; so a block's key tells its segment, and they stand side by side. */
export const blocksOfASegment = 2 ** 20;

export function blockKey(segment: number, number: number): number {
  return segment * blocksOfASegment + number;
}

/**
 * Adds papers to the index of words, in the transaction that writes them: they are found from its commit on. Merges segments as they become
 * many, which now and then takes longer than the rest.
 */
export async function putPapers(db: Kysely<Tables>, papers: readonly PaperToIndex[]): Promise<void> {
  if (papers.length === 0) return;
  const segments = await db
    .selectFrom('search_segments')
    .select(['seq', 'position', 'count'])
    .orderBy('position')
    .execute();
  const added = await addSegment(db, (segments.at(-1)?.position ?? 0) + 1);
  const segment = buildSegment(papers);
  await saveBlocks(db, added.seq, 0, segment.blocks);
  await saveSegment(db, added.seq, segment, segment.blocks.length);

  const now = [...segments, { ...added, count: segment.count }];
  const many = segmentsToMerge(now.map(({ count }) => count));
  if (many > 0) await mergeLast(db, now.slice(-many));
}

/** An empty one; its number tells where its blocks belong. */
function addSegment(db: Kysely<Tables>, position: number): Promise<Place> {
  return db
    .insertInto('search_segments')
    .values({ position, count: 0, blocks: 0, documents: new Uint8Array(), heads: new Uint8Array() })
    .returning(['seq', 'position'])
    .executeTakeFirstOrThrow();
}

/** `seq` is never given twice; `position` is the order in which papers were put. */
type Place = { readonly seq: number; readonly position: number };

async function saveSegment(
  db: Kysely<Tables>,
  seq: number,
  {
    count,
    documents,
    heads,
  }: { readonly count: number; readonly documents: Uint8Array; readonly heads: readonly string[] },
  blocks: number,
): Promise<void> {
  await db
    .updateTable('search_segments')
    .set({ count, blocks, documents, heads: linesToBytes(heads) })
    .where('seq', '=', seq)
    .execute();
}

/** Blocks a statement writes or reads: most are some kilobytes, and few a megabyte. */
const blocksAtOnce = 50;

async function saveBlocks(db: Kysely<Tables>, seq: number, first: number, blocks: readonly Block[]): Promise<void> {
  for (let start = 0; start < blocks.length; start += blocksAtOnce) {
    const batch = blocks.slice(start, start + blocksAtOnce);
    await db
      .insertInto('search_blocks')
      .values(batch.map((block, index) => ({ block: blockKey(seq, first + start + index), ...block })))
      .execute();
  }
}

/** Makes one of the segments at the end. */
async function mergeLast(db: Kysely<Tables>, merged: readonly Place[]): Promise<void> {
  const seqs = merged.map(({ seq }) => seq);
  const rows = await db
    .selectFrom('search_segments')
    .selectAll()
    .where('seq', 'in', seqs)
    .orderBy('position')
    .execute();
  await db.deleteFrom('search_segments').where('seq', 'in', seqs).execute();
  // Nothing lies behind those that are merged: whatever of theirs is dead, one of them replaces.
  const loaded = withDead(
    rows.map(({ seq, documents, heads }) => ({
      seq,
      documents: decodeDocuments(documents),
      heads: bytesToLines(heads),
    })),
  );
  const target = await addSegment(db, Math.min(...merged.map(({ position }) => position)));
  let written = 0;
  const result = await mergeSegments(
    loaded.map(({ seq, documents, dead }) => ({ documents, dead, blocks: blocksOf(db, seq) })),
    async (blocks) => {
      await saveBlocks(db, target.seq, written, blocks);
      written += blocks.length;
    },
  );
  for (const seq of seqs) {
    await db
      .deleteFrom('search_blocks')
      .where('block', '>=', blockKey(seq, 0))
      .where('block', '<', blockKey(seq + 1, 0))
      .execute();
  }
  await saveSegment(db, target.seq, result, written);
}

/** Blocks held of each segment that is merged. */
const blocksAhead = 16;

/** All blocks of a segment, in order. */
async function* blocksOf(db: Kysely<Tables>, seq: number): AsyncGenerator<Block, undefined> {
  for (let next = blockKey(seq, 0); ;) {
    const rows = await db
      .selectFrom('search_blocks')
      .selectAll()
      .where('block', '>=', next)
      .where('block', '<', blockKey(seq + 1, 0))
      .orderBy('block')
      .limit(blocksAhead)
      .execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < blocksAhead) return undefined;
    next = last.block + 1;
  }
}
