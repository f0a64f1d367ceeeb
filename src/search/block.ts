import { byteBuffer, bytesToLines, linesToBytes, putBytes, putVarint, readVarint, writtenBytes } from './bytes.ts';
import type { Cursor } from './bytes.ts';
import type { Postings } from './postings.ts';
import type { TermRange } from './terms.ts';

/** A term of the dictionary and where it stands. */
export type Entry = Postings & { readonly term: string };

/**
 * A run of the dictionary as it is stored, in three strings of bytes so that only what is wanted has to be read: the terms with the lengths
 * of their lists, all their `docs`, all their `positions`.
 */
export type Block = { readonly terms: Uint8Array; readonly docs: Uint8Array; readonly positions: Uint8Array };

/** A block is full from here on. A small one costs little to look into, and the list of first terms, which is held in memory, stays short. */
const fullBytes = 4096;
/** What looking past a term costs, in bytes: more with a list than without. */
const bytesOfATerm = { withPostings: 40, without: 8 };

/** Cuts entries, which come in order, into blocks: a term with a long list has one of its own. */
export type BlockWriter = {
  add(entry: Entry): void;
  /** Blocks that are full, once each. */
  take(): Block[];
  /** The rest. `heads`: the first term of every block. */
  end(): { readonly blocks: Block[]; readonly heads: readonly string[] };
};

export function createBlockWriter(): BlockWriter {
  const heads: string[] = [];
  let ready: Block[] = [];
  let entries: Entry[] = [];
  let bytes = 0;

  const close = (): void => {
    const [first] = entries;
    if (first === undefined) return;
    heads.push(first.term);
    ready.push(encodeBlock(entries));
    entries = [];
    bytes = 0;
  };
  const take = (): Block[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  return {
    add: (entry) => {
      if (entry.docs.length >= fullBytes) close();
      entries.push(entry);
      bytes += entry.docs.length + (entry.docs.length > 0 ? bytesOfATerm.withPostings : bytesOfATerm.without);
      if (bytes >= fullBytes) close();
    },
    take,
    end: () => {
      close();
      return { blocks: take(), heads };
    },
  };
}

function encodeBlock(entries: readonly Entry[]): Block {
  const names = linesToBytes(entries.map(({ term }) => term));
  const [terms, docs, positions] = [byteBuffer(names.length + 8 * entries.length), byteBuffer(), byteBuffer()];
  putVarint(terms, names.length);
  putBytes(terms, names);
  for (const entry of entries) {
    putVarint(terms, entry.count);
    putVarint(terms, entry.last);
    putVarint(terms, entry.docs.length);
    putVarint(terms, entry.positions.length);
    putBytes(docs, entry.docs);
    putBytes(positions, entry.positions);
  }
  return { terms: writtenBytes(terms), docs: writtenBytes(docs), positions: writtenBytes(positions) };
}

/**
 * The entries of a block that are in one of the ranges, which are ascending and do not overlap; all of them without ranges. What of the
 * block was not read is empty in the entries too.
 */
export function readBlock(block: Block, ranges?: readonly TermRange[]): Entry[] {
  const cursor: Cursor = { bytes: block.terms, at: 0 };
  const namesLength = readVarint(cursor);
  const names = bytesToLines(block.terms.subarray(cursor.at, cursor.at + namesLength));
  cursor.at += namesLength;
  const found: Entry[] = [];
  let docsAt = 0;
  let positionsAt = 0;
  let next = 0;
  for (const term of names) {
    const count = readVarint(cursor);
    const last = readVarint(cursor);
    const docsEnd = docsAt + readVarint(cursor);
    const positionsEnd = positionsAt + readVarint(cursor);
    while (ranges !== undefined && next < ranges.length && term >= (ranges[next]?.to ?? '')) next += 1;
    if (ranges === undefined || term >= (ranges[next]?.from ?? '\uffff')) {
      const docs = block.docs.subarray(docsAt, docsEnd);
      found.push({ term, count, last, docs, positions: block.positions.subarray(positionsAt, positionsEnd) });
    }
    docsAt = docsEnd;
    positionsAt = positionsEnd;
  }
  return found;
}

/** Numbers of the blocks in which terms of these ranges can be, ascending. `heads`: the first term of every block. */
export function blocksWith(heads: readonly string[], ranges: readonly TermRange[]): number[] {
  const numbers = new Set<number>();
  for (const { from, to } of ranges) {
    for (let number = Math.max(0, blockOf(heads, from)); number < heads.length; number += 1) {
      if ((heads[number] ?? '') >= to) break;
      numbers.add(number);
    }
  }
  return [...numbers].toSorted((a, b) => a - b);
}

/** The last block that begins with this term or one before it; -1 where there is none. */
function blockOf(heads: readonly string[], term: string): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((heads[middle] ?? '') <= term) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
