import { hasBit } from './bits.ts';
import type { Bits } from './bits.ts';
import { createBlockWriter, readBlock } from './block.ts';
import type { Block, Entry } from './block.ts';
import { encodeDocuments, factsOf } from './documents.ts';
import type { DocumentFacts, Documents } from './documents.ts';
import { appendLiving, appendPostings, postingsWriter, takePostings } from './postings.ts';

/** A segment to be merged: its documents, the dead among them, and its blocks in order. */
export type MergeSource = {
  readonly documents: Documents;
  readonly dead: Bits | null;
  readonly blocks: AsyncIterator<Block>;
};

/** How one source's documents are numbered in the merged segment; the dead are -1, and `null` means that all are there, `base` higher. */
type Renumbering = { readonly base: number; readonly numbers: Int32Array | null };

/**
 * Merges segments that lie side by side into one, in their order, without the dead. Lists of a term are appended; only where there are dead
 * they are written anew. Memory: a block or two of each source.
 *
 * @param save takes blocks as they are ready, in order
 */
export async function mergeSegments(
  sources: readonly MergeSource[],
  save: (blocks: readonly Block[]) => Promise<void>,
): Promise<{ readonly count: number; readonly documents: Uint8Array; readonly heads: readonly string[] }> {
  const { facts, renumberings } = livingDocuments(sources);
  const readers = await Promise.all(sources.map(({ blocks }) => openReader(blocks)));
  const writer = createBlockWriter();
  const postings = postingsWriter();
  for (;;) {
    const term = firstTerm(readers);
    if (term === null) break;
    for (const [index, reader] of readers.entries()) {
      if (reader.entry()?.term !== term) continue;
      const { base, numbers } = renumberings[index] ?? { base: 0, numbers: null };
      const entry = reader.entry();
      if (entry === undefined) continue;
      if (numbers === null) appendPostings(postings, entry, base);
      else appendLiving(postings, entry, numbers);
      if (reader.advance()) await reader.refill();
    }
    const merged = takePostings(postings);
    if (merged.count > 0 || term.startsWith('w')) writer.add({ term, ...merged });
    const ready = writer.take();
    if (ready.length > 0) await save(ready);
  }
  const { blocks, heads } = writer.end();
  await save(blocks);
  return { count: facts.length, documents: encodeDocuments(facts), heads };
}

function livingDocuments(sources: readonly MergeSource[]) {
  const facts: DocumentFacts[] = [];
  const renumberings = sources.map(({ documents, dead }): Renumbering => {
    const base = facts.length;
    const numbers = dead === null ? null : new Int32Array(documents.count);
    for (let document = 0; document < documents.count; document += 1) {
      const isDead = dead !== null && hasBit(dead, document);
      if (numbers !== null) numbers[document] = isDead ? -1 : facts.length;
      if (!isDead) facts.push(factsOf(documents, document));
    }
    return { base, numbers };
  });
  return { facts, renumberings };
}

type Reader = {
  entry(): Entry | undefined;
  /** True where another block is needed. */
  advance(): boolean;
  refill(): Promise<void>;
};

async function openReader(blocks: AsyncIterator<Block>): Promise<Reader> {
  let entries: readonly Entry[] = [];
  let at = 0;
  const reader: Reader = {
    entry: () => entries[at],
    advance: () => {
      at += 1;
      return at >= entries.length;
    },
    refill: async () => {
      const { done, value } = await blocks.next();
      entries = done === true ? [] : readBlock(value);
      at = 0;
    },
  };
  await reader.refill();
  return reader;
}

function firstTerm(readers: readonly Reader[]): string | null {
  let first: string | null = null;
  for (const reader of readers) {
    const term = reader.entry()?.term;
    if (term !== undefined && (first === null || term < first)) first = term;
  }
  return first;
}
