import type { Bits } from './bits.ts';
import { setBit } from './bits.ts';
import { blocksWith, readBlock } from './block.ts';
import type { Block, Entry } from './block.ts';
import { replacesEarlier, seqOf } from './documents.ts';
import type { Documents } from './documents.ts';
import type { TermRange } from './terms.ts';

/** A segment as far as it is held in memory. `heads`: the first term of each of its blocks. */
export type LoadedSegment = { readonly seq: number; readonly documents: Documents; readonly heads: readonly string[] };

/**
 * Of its documents, those in `dead` are older states of papers; null where none is. `living` are the others, `words` what these have
 * together in title and abstract, `longest` what any document has.
 */
export type Segment = LoadedSegment & {
  readonly dead: Bits | null;
  readonly living: number;
  readonly words: number;
  readonly longest: number;
};

/** Which block of which segment, and how much of it is wanted: each part includes those before. */
export type BlockPlace = { readonly segment: number; readonly number: number };
export type BlockPart = 'terms' | 'docs' | 'positions';

/** The index as it is at one moment. Segments in the order in which they were put. */
export type IndexSnapshot = {
  readonly segments: readonly Segment[];
  /** In the order asked; what is not wanted of them is empty. */
  readonly blocks: (places: readonly BlockPlace[], part: BlockPart) => Promise<readonly Block[]>;
};

/** Finds the dead: of each paper the document that was put last lives. Cost: nanoseconds a document. */
export function withDead(segments: readonly LoadedSegment[]): Segment[] {
  const replaced = new Set<number>();
  return segments
    .toReversed()
    .map((segment) => {
      const { documents } = segment;
      let dead: Bits | null = null;
      let living = 0;
      let words = 0;
      let longest = 0;
      for (let document = documents.count - 1; document >= 0; document -= 1) {
        const seq = seqOf(documents, document);
        if (replaced.size > 0 && replaced.has(seq)) {
          dead ??= new Uint32Array((documents.count + 31) >>> 5);
          setBit(dead, document);
          continue;
        }
        if (replacesEarlier(documents, document)) replaced.add(seq);
        const length = documents.lengths[document] ?? 0;
        living += 1;
        words += length;
        if (length > longest) longest = length;
      }
      return { ...segment, dead, living, words, longest };
    })
    .toReversed();
}

/** The entries of every segment that are in its ranges, which are made ascending here; they must not overlap. */
export async function entriesIn(
  { segments, blocks }: IndexSnapshot,
  rangesOf: (index: number) => readonly TermRange[],
  part: BlockPart,
): Promise<Entry[][]> {
  const wanted = segments.map(({ seq, heads }, index) => {
    const ranges = rangesOf(index).toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return { ranges, places: blocksWith(heads, ranges).map((number) => ({ segment: seq, number })) };
  });
  const read = await blocks(
    wanted.flatMap(({ places }) => places),
    part,
  );
  let next = 0;
  return wanted.map(({ ranges, places }) => {
    const own = read.slice(next, (next += places.length));
    return own.flatMap((block) => readBlock(block, ranges));
  });
}
