import { positiveLeaves } from '../query/ast.ts';
import type { QueryNode } from '../query/ast.ts';
import { createBestHits } from './best-hits.ts';
import type { RankedHit } from './best-hits.ts';
import { countBits, noBits, removeBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { addScores, inverseDocumentFrequency, lengthNorms } from './bm25.ts';
import type { Hits } from './hits.ts';
import type { IndexSnapshot, Segment } from './index-snapshot.ts';
import { leafHits, ranks } from './leaf-hits.ts';
import { takeFloat64s, withMemory } from './memory.ts';
import { leafKey, leavesOf, matchedBits } from './matched-bits.ts';

/** What is asked of the index. Days as `dayNumber` has them, inclusive. */
export type Question = {
  readonly node: QueryNode;
  readonly sinceDay?: number;
  readonly untilDay?: number;
  /** Newest first, instead of best first. */
  readonly byDate?: boolean;
  /** The day whose papers are new: BM25 alone without it. */
  readonly latestDay?: number;
  /** What a leaf counts, by its key (`leafKey`); 1 where it is not named. */
  readonly boosts?: ReadonlyMap<string, number>;
  readonly limit: number;
  readonly offset: number;
};

/** `total`: papers found. */
export type Answer = { readonly total: number; readonly hits: readonly RankedHit[] };

/** A paper of the latest day counts a quarter more than an ancient one, one that is a year old an eighth. */
const recencyShare = 0.25;
const daysToHalf = 365;
/** What recency multiplies where nothing ranks: a search for an author or a category alone comes newest first. */
const floor = 0.1;

/**
 * Postings held in memory from finding to ranking, some 6 bytes each. Lists beyond, as hundreds of common words have them together, are read
 * once more.
 */
const postingsHeld = 16_000_000;

/**
 * Papers that match, best first, ties by identifier. Exactly what the evaluator finds (src/query/evaluate.ts), and exactly BM25: every leaf
 * that ranks is a phrase of its own.
 *
 * Cost: that of reading all postings of its words, nanoseconds each; at most, that of the whole index.
 */
export function searchIndex(question: Question, snapshot: IndexSnapshot): Promise<Answer> {
  return withMemory(() => answer(question, snapshot));
}

async function answer(question: Question, snapshot: IndexSnapshot): Promise<Answer> {
  const { segments } = snapshot;
  const leaves = new Map(leavesOf(question.node).map((leaf) => [leafKey(leaf), leaf]));
  const ranking = new Map(
    positiveLeaves(question.node).flatMap((leaf) => (ranks(leaf) ? [[leafKey(leaf), leaf] as const] : [])),
  );
  const bits = new Map<string, readonly Bits[]>();
  const held = new Map<string, readonly Hits[]>();
  const frequencies = new Map<string, number>();
  let postings = 0;
  for (const [key, leaf] of leaves) {
    const found = await leafHits(leaf, snapshot);
    bits.set(key, found.bits);
    if (found.hits === null || !ranking.has(key)) continue;
    const frequency = found.hits.reduce((sum, { documents }) => sum + documents.length, 0);
    frequencies.set(key, frequency);
    postings += frequency;
    if (postings <= postingsHeld) held.set(key, found.hits);
  }

  const matched = segments.map((segment, index) => {
    const own = matchedBits(
      question.node,
      segment.documents.count,
      (leaf) => bits.get(leafKey(leaf))?.[index] ?? noBits(segment.documents.count),
    );
    if (segment.dead !== null) removeBits(own, segment.dead);
    removeOtherDays(own, segment, question);
    return own;
  });
  bits.clear();

  const scores = segments.map(({ documents }) => takeFloat64s(documents.count));
  const collection = collectionOf(segments);
  for (const [key, leaf] of ranking) {
    const hits = held.get(key) ?? (await leafHits(leaf, snapshot)).hits ?? [];
    const boost = question.boosts?.get(key) ?? 1;
    const idf = boost * inverseDocumentFrequency(collection.count, frequencies.get(key) ?? 0);
    for (const [index, own] of hits.entries()) {
      const [target, segment, inMatched] = [scores[index], segments[index], matched[index]];
      if (target === undefined || segment === undefined || inMatched === undefined) continue;
      const { lengths } = segment.documents;
      addScores(target, own, { idf, norms: collection.norms, lengths, matched: inMatched });
    }
    held.delete(key);
  }
  return ranked(question, segments, matched, scores);
}

function removeOtherDays(
  bits: Bits,
  { documents: { days } }: Segment,
  { sinceDay = 0, untilDay = 0xffff }: Question,
): void {
  if (sinceDay <= 0 && untilDay >= 0xffff) return;
  const other = noBits(days.length);
  for (let document = 0; document < days.length; document += 1) {
    const day = days[document] ?? 0;
    if (day < sinceDay || day > untilDay) other[document >>> 5] = (other[document >>> 5] ?? 0) | (1 << (document & 31));
  }
  removeBits(bits, other);
}

/** Living documents, and what BM25 sets their lengths against. */
function collectionOf(segments: readonly Segment[]): { readonly count: number; readonly norms: Float64Array } {
  const count = segments.reduce((sum, { living }) => sum + living, 0);
  const words = segments.reduce((sum, segment) => sum + segment.words, 0);
  const longest = segments.reduce((most, segment) => Math.max(most, segment.longest), 0);
  return { count, norms: lengthNorms(longest, words / count || 1) };
}

function ranked(
  { byDate = false, latestDay, limit, offset }: Question,
  segments: readonly Segment[],
  matched: readonly Bits[],
  scores: readonly Float64Array[],
): Answer {
  const recency = latestDay === undefined ? null : recencyOf(latestDay);
  const best = createBestHits(offset + limit);
  let total = 0;
  for (const [index, bits] of [...matched.entries()].toReversed()) {
    const [documents, own] = [segments[index]?.documents, scores[index]];
    if (documents === undefined || own === undefined) continue;
    total += countBits(bits);
    const { days } = documents;
    let least = best.least();
    // Later ones first: they are newer, and often the better hits. Written out, for there may be a million.
    for (let word = bits.length - 1; word >= 0; word -= 1) {
      for (let rest = bits[word] ?? 0; rest !== 0;) {
        const bit = 31 - Math.clz32(rest);
        rest ^= 1 << bit;
        const document = word * 32 + bit;
        const day = days[document] ?? 0;
        const bm25 = own[document] ?? 0;
        const score = recency === null ? bm25 : (floor + bm25) * (recency[day] ?? 1);
        const order = byDate ? day : score;
        if (order < least) continue;
        best.add(order, score, documents, document);
        least = best.least();
      }
    }
  }
  return { total, hits: best.take(offset) };
}

let lastRecency = { latestDay: -1, byDay: new Float64Array(0) };

/**
 * What a score is multiplied by, for every day. Age is counted from the latest listing: the order changes only when papers come, and the
 * table is remembered until then.
 */
function recencyOf(latestDay: number): Float64Array {
  if (lastRecency.latestDay !== latestDay) {
    const age = (day: number) => (latestDay - day) / daysToHalf;
    const byDay = Float64Array.from({ length: 0x1_0000 }, (_, day) => 1 + recencyShare * 2 ** -age(day));
    lastRecency = { latestDay, byDay };
  }
  return lastRecency.byDay;
}
