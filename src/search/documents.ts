import { byteBuffer, putBytes, putVarint, readVarint } from './bytes.ts';
import type { Cursor } from './bytes.ts';

/** What is known of the documents of a segment, by their number; a document is a paper as it was when it was put. */
export type Documents = {
  readonly count: number;
  /** `papers.seq`, and the sign `replaces` where an earlier document of the same paper may be there. */
  readonly seqs: Uint32Array;
  /** When it was first announced, in days (`dayNumber`). */
  readonly days: Uint16Array;
  /** Words of title and abstract together, and of the title alone. */
  readonly lengths: Uint16Array;
  readonly titleLengths: Uint16Array;
  /** Identifiers in UTF-8, and where each begins; one more place says where the last ends. */
  readonly ids: Uint8Array;
  readonly idStarts: Uint32Array;
};

/** One document, before it has a number. */
export type DocumentFacts = {
  readonly seq: number;
  readonly replaces: boolean;
  readonly id: Uint8Array;
  readonly day: number;
  readonly length: number;
  readonly titleLength: number;
};

const replacesBit = 0x8000_0000;

export function seqOf(documents: Documents, document: number): number {
  return (documents.seqs[document] ?? 0) & ~replacesBit;
}

export function replacesEarlier(documents: Documents, document: number): boolean {
  return (documents.seqs[document] ?? 0) >= replacesBit;
}

export function idOf(documents: Documents, document: number): Uint8Array {
  return documents.ids.subarray(documents.idStarts[document], documents.idStarts[document + 1]);
}

export function factsOf(documents: Documents, document: number): DocumentFacts {
  return {
    seq: seqOf(documents, document),
    replaces: replacesEarlier(documents, document),
    id: idOf(documents, document),
    day: documents.days[document] ?? 0,
    length: documents.lengths[document] ?? 0,
    titleLength: documents.titleLengths[document] ?? 0,
  };
}

/** Column by column, so that reading is copying; some 21 bytes a document. Numbers have their lowest byte first, as in memory. */
export function encodeDocuments(facts: readonly DocumentFacts[]): Uint8Array {
  const seqs = Uint32Array.from(facts, ({ seq, replaces }) => (replaces ? seq + replacesBit : seq));
  const days = Uint16Array.from(facts, ({ day }) => day);
  const lengths = Uint16Array.from(facts, ({ length }) => length);
  const titleLengths = Uint16Array.from(facts, ({ titleLength }) => titleLength);
  const encoded = byteBuffer(24 * facts.length + 8);
  putVarint(encoded, facts.length);
  for (const { buffer } of [seqs, days, lengths, titleLengths]) putBytes(encoded, new Uint8Array(buffer));
  for (const { id } of facts) putVarint(encoded, id.length);
  for (const { id } of facts) putBytes(encoded, id);
  return new Uint8Array(encoded.bytes.subarray(0, encoded.length));
}

export function decodeDocuments(bytes: Uint8Array): Documents {
  const cursor: Cursor = { bytes, at: 0 };
  const count = readVarint(cursor);
  // A copy, for numbers of four bytes have to begin at a multiple of four.
  const column = (width: number): ArrayBuffer => {
    const copy = new Uint8Array(count * width);
    copy.set(bytes.subarray(cursor.at, cursor.at + count * width));
    cursor.at += count * width;
    return copy.buffer;
  };
  const seqs = new Uint32Array(column(4));
  const days = new Uint16Array(column(2));
  const lengths = new Uint16Array(column(2));
  const titleLengths = new Uint16Array(column(2));
  const idStarts = new Uint32Array(count + 1);
  for (let document = 0; document < count; document += 1) {
    idStarts[document + 1] = (idStarts[document] ?? 0) + readVarint(cursor);
  }
  return { count, seqs, days, lengths, titleLengths, idStarts, ids: new Uint8Array(bytes.subarray(cursor.at)) };
}

const dayMs = 24 * 60 * 60 * 1_000;
/** arXiv's first year. */
const firstDay = Date.UTC(1991, 0, 1) / dayMs;

/** The days from 1991-01-01 to an ISO date, at least 0 and at most 65,535: then it is the year 2170. */
export function dayNumber(date: string): number {
  const day = Date.parse(date) / dayMs - firstDay;
  return Number.isNaN(day) ? 0 : Math.min(0xffff, Math.max(0, Math.trunc(day)));
}
