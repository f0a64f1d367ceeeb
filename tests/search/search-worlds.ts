import { decodeDocuments } from '../../src/search/documents.ts';
import type { EncodedSegment, PaperToIndex } from '../../src/search/build-segment.ts';
import type { Block } from '../../src/search/block.ts';
import { withDead } from '../../src/search/index-snapshot.ts';
import type { IndexSnapshot } from '../../src/search/index-snapshot.ts';
import { mergeSegments } from '../../src/search/merge-segments.ts';
import { searchIndex } from '../../src/search/search-index.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { aPaper } from '../builders/domain.ts';

/** Papers to be put together, numbered from `first`. */
export function toIndex(papers: readonly Partial<Paper>[], first = 1, replaces = false): PaperToIndex[] {
  return papers.map((changes, index) => ({
    seq: first + index,
    replaces,
    paper: aPaper({ id: String(first + index).padStart(5, '0'), abstract: '', authors: [], ...changes }),
    announced: '2025-05-23',
  }));
}

/** An index in memory, of segments put one after the other. */
export function snapshotOf(segments: readonly EncodedSegment[]): IndexSnapshot {
  const loaded = segments.map(({ documents, heads }, seq) => ({ seq, documents: decodeDocuments(documents), heads }));
  return {
    segments: withDead(loaded),
    blocks: async (places) =>
      places.map(({ segment, number }) => {
        const block = segments[segment]?.blocks[number];
        if (block === undefined) throw new Error(`no block ${number} of segment ${segment}`);
        return block;
      }),
  };
}

/** The segments as one. */
export async function merged(segments: readonly EncodedSegment[]): Promise<EncodedSegment> {
  const blocks: Block[] = [];
  const sources = snapshotOf(segments).segments.map(({ documents, dead }, index) => ({
    documents,
    dead,
    blocks: eachOf(segments[index]?.blocks ?? []),
  }));
  const result = await mergeSegments(sources, async (ready) => void blocks.push(...ready));
  return { ...result, blocks };
}

async function* eachOf<T>(values: readonly T[]): AsyncGenerator<T, undefined> {
  yield* values;
  return undefined;
}

/** What a query finds: numbers and scores of papers, best first. */
export async function found(query: string, snapshot: IndexSnapshot, limit = 100) {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return (await searchIndex({ node: parsed.value, limit, offset: 0 }, snapshot)).hits;
}
