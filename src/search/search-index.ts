import { positiveLeaves } from '../query/ast.ts';
import type { LeafNode, QueryNode } from '../query/ast.ts';
import { createBestHits } from './best-hits.ts';
import type { RankedHit } from './best-hits.ts';
import { countBits, documentsIn, noBits, removeBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { addScores, inverseDocumentFrequency, lengthNorms } from './bm25.ts';
import type { Documents } from './documents.ts';
import { emptied, nothingFound } from './found.ts';
import type { Found } from './found.ts';
import type { IndexSnapshot, Segment } from './index-snapshot.ts';
import { leafFinder, ranks } from './leaf-finder.ts';
import type { LeafFinder } from './leaf-finder.ts';
import { takeFloat64s, takeUint16s, withMemory } from './memory.ts';
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

/** Lists of so many leaves are read together, of as many segments as that allows: more would take too much memory. */
const listsAtOnce = 256;
/** Weights held in memory from finding to ranking. Beyond, as with hundreds of common words, they are found once more. */
const weightsHeld = 8_000_000;
/** Documents scored together: their numbers stay in the processor's cache. */
const scoredAtOnce = 2_048;

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
  const ranking = new Set(positiveLeaves(question.node).flatMap((leaf) => (ranks(leaf) ? [leafKey(leaf)] : [])));
  const longest = segments.reduce((most, { documents }) => Math.max(most, documents.count), 0);
  const places = new Map([...leaves.keys()].map((key) => [key, nothingFound(longest)]));
  const frequencies = new Map<string, number>();
  const matches: Match[] = [];
  let held = 0;
  for (const batch of batchesOf(segments, leaves.size)) {
    const find = await finder(leaves, { ...snapshot, segments: batch });
    for (const [index, segment] of batch.entries()) {
      const found = find(index, places);
      for (const key of ranking) {
        const { bits } = found.get(key) ?? nothingFound(0);
        frequencies.set(key, (frequencies.get(key) ?? 0) + countBits(bits));
      }
      const documents = matchedDocuments(question, segment, found);
      const isHeld = held + documents.length * ranking.size <= weightsHeld;
      if (isHeld) held += documents.length * ranking.size;
      matches.push({ segment, documents, weights: isHeld ? weightsAt(documents, ranking, found) : null });
    }
  }

  const { count, norms } = collectionOf(segments);
  const rank = createRanking(question);
  const [scores, ownNorms] = [takeFloat64s(scoredAtOnce), takeFloat64s(scoredAtOnce)];
  // Later ones first: they are newer, and often the better hits.
  for (const { segment, documents, weights } of matches.toReversed()) {
    const found =
      weights ?? weightsAt(documents, ranking, (await finder(leaves, { ...snapshot, segments: [segment] }))(0, places));
    const { lengths } = segment.documents;
    for (let to = documents.length; to > 0; to -= scoredAtOnce) {
      const from = Math.max(0, to - scoredAtOnce);
      for (let index = from; index < to; index += 1) {
        ownNorms[index - from] = norms[lengths[documents[index] ?? 0] ?? 0] ?? 0;
      }
      scores.fill(0);
      for (const [key, own] of found) {
        const idf = inverseDocumentFrequency(count, frequencies.get(key) ?? 0);
        addScores(scores, own.subarray(from, to), ownNorms, (question.boosts?.get(key) ?? 1) * idf);
      }
      rank.add(segment.documents, documents.subarray(from, to), scores);
    }
  }
  const total = matches.reduce((sum, { documents }) => sum + documents.length, 0);
  return { total, hits: rank.best() };
}

/** What matches in a segment, ascending, and in the same order what every leaf that ranks weighs there; null where that is not held. */
type Match = {
  readonly segment: Segment;
  readonly documents: Uint32Array;
  readonly weights: ReadonlyMap<string, Uint16Array> | null;
};

function* batchesOf(segments: readonly Segment[], leaves: number): Generator<readonly Segment[]> {
  const size = Math.max(1, Math.floor(listsAtOnce / leaves));
  for (let start = 0; start < segments.length; start += size) yield segments.slice(start, start + size);
}

/** Reads the leaves' lists; what it returns tells where each is found in the `index`th segment, in memory that the next call uses again. */
async function finder(leaves: ReadonlyMap<string, LeafNode>, snapshot: IndexSnapshot) {
  const finders = new Map<string, LeafFinder>();
  for (const [key, leaf] of leaves) finders.set(key, await leafFinder(leaf, snapshot));
  return (index: number, places: ReadonlyMap<string, Found>): ReadonlyMap<string, Found> => {
    const { documents, dead = null } = snapshot.segments[index] ?? {};
    const found = new Map<string, Found>();
    for (const [key, place] of places) {
      const own = emptied(place, documents?.count ?? 0);
      finders.get(key)?.(index, own);
      if (dead !== null) removeBits(own.bits, dead);
      found.set(key, own);
    }
    return found;
  };
}

function matchedDocuments(question: Question, segment: Segment, found: ReadonlyMap<string, Found>): Uint32Array {
  const { count } = segment.documents;
  const bits = matchedBits(question.node, count, (leaf) => found.get(leafKey(leaf))?.bits ?? noBits(count));
  if (segment.dead !== null) removeBits(bits, segment.dead);
  removeOtherDays(bits, segment, question);
  return documentsIn(bits);
}

function weightsAt(documents: Uint32Array, ranking: ReadonlySet<string>, found: ReadonlyMap<string, Found>) {
  const weights = new Map<string, Uint16Array>();
  for (const key of ranking) {
    const { weights: all } = found.get(key) ?? nothingFound(0);
    const own = takeUint16s(documents.length);
    for (let index = 0; index < documents.length; index += 1) own[index] = all[documents[index] ?? 0] ?? 0;
    weights.set(key, own);
  }
  return weights;
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

/** Keeps the best of documents that come with their BM25. */
function createRanking({ byDate = false, latestDay, limit, offset }: Question) {
  const recency = latestDay === undefined ? null : recencyOf(latestDay);
  const mostRecency = recency === null ? 1 : 1 + recencyShare;
  const best = createBestHits(offset + limit);
  return {
    add: (segment: Documents, documents: Uint32Array, bm25: Float64Array): void => {
      const { days } = segment;
      let least = best.least();
      // Written out, for there may be a million.
      for (let index = documents.length - 1; index >= 0; index -= 1) {
        const own = bm25[index] ?? 0;
        // Most are told off here, before anything else of them is looked up.
        if (!byDate && (floor + own) * mostRecency < least) continue;
        const document = documents[index] ?? 0;
        const day = days[document] ?? 0;
        const score = recency === null ? own : (floor + own) * (recency[day] ?? 1);
        const order = byDate ? day : score;
        if (order < least) continue;
        best.add(order, score, segment, document);
        least = best.least();
      }
    },
    best: () => best.take(offset),
  };
}

let lastRecency = { latestDay: -1, byDay: new Float64Array(0) };

/**
 * What a score is multiplied by, for every day. Age is counted from the latest listing: the order changes only when papers come, and the
 * table is remembered until then.
 */
function recencyOf(latestDay: number): Float64Array {
  if (lastRecency.latestDay !== latestDay) {
    const age = (day: number) => Math.max(0, latestDay - day) / daysToHalf;
    const byDay = Float64Array.from({ length: 0x1_0000 }, (_, day) => 1 + recencyShare * 2 ** -age(day));
    lastRecency = { latestDay, byDay };
  }
  return lastRecency.byDay;
}
