import { byteBuffer, putByte, putBytes, putVarint, readVarint, writtenBytes } from './bytes.ts';
import type { ByteBuffer, Cursor } from './bytes.ts';

/**
 * Where a term stands, in two strings of bytes.
 *
 * `docs`: for each document, ascending, how much its number is above the one before (the first: its number), and how often the term stands
 * in its title and elsewhere. `positions`: for each document the places, ascending, each as how much it is above the one before (the first:
 * the place). So lists are joined by appending bytes, and a query without a phrase never reads places.
 */
export type Postings = {
  /** Documents. */
  readonly count: number;
  /** The last document's number. */
  readonly last: number;
  readonly docs: Uint8Array;
  readonly positions: Uint8Array;
};

/** Two counts in a byte, where the title's is 3 at most and the other 63: nearly always. Else this byte, and both as numbers. */
export const largeCounts = 255;

export type PostingsWriter = {
  count: number;
  last: number;
  readonly docs: ByteBuffer;
  readonly positions: ByteBuffer;
};

export function postingsWriter(): PostingsWriter {
  return { count: 0, last: 0, docs: byteBuffer(), positions: byteBuffer() };
}

/** One more document; its places are written to `positions` by the caller. */
export function putDocument(writer: PostingsWriter, document: number, inTitle: number, elsewhere: number): void {
  putVarint(writer.docs, document - writer.last);
  writer.last = document;
  writer.count += 1;
  const byte = inTitle * 64 + elsewhere;
  if (inTitle <= 3 && elsewhere <= 63 && byte !== largeCounts) putByte(writer.docs, byte);
  else {
    putByte(writer.docs, largeCounts);
    putVarint(writer.docs, inTitle);
    putVarint(writer.docs, elsewhere);
  }
}

/** What was written; the writer begins anew. */
export function takePostings(writer: PostingsWriter): Postings {
  const { count, last, docs, positions } = writer;
  const taken = { count, last, docs: writtenBytes(docs), positions: writtenBytes(positions) };
  writer.count = 0;
  writer.last = 0;
  docs.length = 0;
  positions.length = 0;
  return taken;
}

/** Another list whose documents, each `base` higher, come behind those written. Cost: that of copying bytes. */
export function appendPostings(writer: PostingsWriter, postings: Postings, base: number): void {
  writer.count += postings.count;
  if (postings.docs.length === 0) return;
  const cursor: Cursor = { bytes: postings.docs, at: 0 };
  putVarint(writer.docs, base + readVarint(cursor) - writer.last);
  putBytes(writer.docs, postings.docs.subarray(cursor.at));
  putBytes(writer.positions, postings.positions);
  writer.last = base + postings.last;
}

/** As `appendPostings`, without some documents: `renumbered` gives each its new number, or -1. */
export function appendLiving(writer: PostingsWriter, postings: Postings, renumbered: Int32Array): void {
  if (postings.docs.length === 0) writer.count += postings.count;
  const docs: Cursor = { bytes: postings.docs, at: 0 };
  const positions: Cursor = { bytes: postings.positions, at: 0 };
  let document = 0;
  while (docs.at < docs.bytes.length) {
    document += readVarint(docs);
    const { inTitle, elsewhere } = readCounts(docs);
    const from = positions.at;
    skipVarints(positions, inTitle + elsewhere);
    const number = renumbered[document] ?? -1;
    if (number === -1) continue;
    putDocument(writer, number, inTitle, elsewhere);
    putBytes(writer.positions, positions.bytes.subarray(from, positions.at));
  }
}

export function readCounts(cursor: Cursor): { inTitle: number; elsewhere: number } {
  const byte = cursor.bytes[cursor.at++] ?? 0;
  if (byte !== largeCounts) return { inTitle: byte >> 6, elsewhere: byte & 63 };
  return { inTitle: readVarint(cursor), elsewhere: readVarint(cursor) };
}

/** As `readCounts`, both together: so many places there are. */
export function readPlaces(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at++] ?? 0;
  return byte === largeCounts ? readVarint(cursor) + readVarint(cursor) : (byte >> 6) + (byte & 63);
}

/** Moves the cursor behind so many numbers. */
export function skipVarints(cursor: Cursor, count: number): void {
  const { bytes } = cursor;
  let { at } = cursor;
  for (let left = count; left > 0; at += 1) {
    if ((bytes[at] ?? 0) < 128) left -= 1;
  }
  cursor.at = at;
}
