import { positiveLeaves } from '../query/ast.ts';
import type { QueryNode } from '../query/ast.ts';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import { editDistance } from './edit-distance.ts';
import { entriesIn } from './index-snapshot.ts';
import type { IndexSnapshot } from './index-snapshot.ts';
import { beginningWith, listedWord, wordOfTerm, wordsOfStem } from './terms.ts';

/** Words of a query that are looked after. */
const mostWords = 8;
/** A word that was meant is in so many times as many papers as the one that was typed. */
const muchMore = 20;
/** One letter less of a difference weighs as much as so many times as many papers. */
const papersOfALetter = 1_000;

/**
 * The query with words as the archive knows them, where a word of it is in no paper, or the query finds nothing: the closest words of many
 * papers, the rest as it was typed. Null where there is nothing better, or it would find nothing either.
 *
 * Cost: looking at all words with the same beginning; some tens of milliseconds for a large archive, and only then.
 *
 * @param asked.total what the query itself finds
 * @param asked.finds whether another one finds anything
 */
export async function suggestQuery(
  text: string,
  node: QueryNode,
  asked: {
    readonly snapshot: IndexSnapshot;
    readonly total: number;
    readonly finds: (query: string) => Promise<boolean>;
  },
): Promise<string | null> {
  const counts = await countWords(wordsOf(node), asked.snapshot);
  const unknown = [...counts].filter(([, count]) => count === 0);
  if (unknown.length > 0) {
    const closest = await closestWords(new Map(unknown), asked.snapshot);
    const better = corrected(text, closest);
    return closest.size > 0 && (await asked.finds(better)) ? better : null;
  }
  if (asked.total > 0) return null;
  // All words are known, but not together: the rarest may be somebody's slip too.
  const closest = await closestWords(counts, asked.snapshot);
  for (const [word] of [...counts].toSorted(([, a], [, b]) => a - b)) {
    const other = closest.get(word);
    if (other === undefined) continue;
    const better = corrected(text, new Map([[word, other]]));
    if (await asked.finds(better)) return better;
  }
  return null;
}

/** Folded words that are to be found in titles and abstracts, without beginnings of words. */
function wordsOf(node: QueryNode): string[] {
  const words = positiveLeaves(node).flatMap((leaf) => {
    if (leaf.kind !== 'term' || leaf.field === 'comments') return [];
    const tokens = tokenize(leaf.text);
    return tokens.filter((_, index) => leaf.phrase[index]?.by !== 'prefix').map(({ folded }) => folded);
  });
  return [...new Set(words)].slice(0, mostWords);
}

/** In how many papers a word is, in any of its forms. */
async function countWords(words: readonly string[], snapshot: IndexSnapshot): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) {
    const entries = await entriesIn(snapshot, () => [wordsOfStem('t', stem(word))], 'terms');
    counts.set(
      word,
      entries.flat().reduce((sum, { count }) => sum + count, 0),
    );
  }
  return counts;
}

/** For each word, which is in so many papers, the closest one that is in many more; it begins alike, or its first two letters are swapped. */
async function closestWords(
  counts: ReadonlyMap<string, number>,
  snapshot: IndexSnapshot,
): Promise<ReadonlyMap<string, string>> {
  const closest = new Map<string, string>();
  for (const [word, count] of counts) {
    const most = word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
    if (most === 0) continue;
    const beginnings = [...new Set([word.slice(0, 1), word.slice(1, 2)])];
    const listed = await entriesIn(
      snapshot,
      () => beginnings.map((letter) => beginningWith(listedWord(letter))),
      'terms',
    );
    const candidates = new Map<string, number>();
    for (const entry of listed.flat()) {
      const other = wordOfTerm(entry.term);
      if (Math.abs(other.length - word.length) > most || other === word || entry.count === 0) continue;
      candidates.set(other, (candidates.get(other) ?? 0) + entry.count);
    }
    let best = 0;
    for (const [other, papers] of candidates) {
      // Asked first, for it is cheap: most words are too rare to be it.
      if (papers <= count * muchMore || papers / papersOfALetter <= best) continue;
      const distance = editDistance(word, other, most);
      const weight = papers / papersOfALetter ** distance;
      if (distance > most || weight <= best) continue;
      best = weight;
      closest.set(word, other);
    }
  }
  return closest;
}

/** The text with other words in place of some; field names, operators and all else as they were typed. */
function corrected(text: string, words: ReadonlyMap<string, string>): string {
  let done = '';
  let from = 0;
  for (const { folded, start, end } of tokenize(text)) {
    const other = words.get(folded);
    if (other === undefined || text[end] === ':') continue;
    done += text.slice(from, start) + other;
    from = end;
  }
  return done + text.slice(from);
}
