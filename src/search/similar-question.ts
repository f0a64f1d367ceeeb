import type { Paper } from '../domain/paper.ts';
import { allOf, anyOf } from '../query/ast.ts';
import type { QueryNode, TermNode } from '../query/ast.ts';
import { eachWord } from '../text/tokens.ts';
import { inverseDocumentFrequency } from './bm25.ts';
import { entriesIn } from './index-snapshot.ts';
import type { IndexSnapshot } from './index-snapshot.ts';
import { leafKey } from './matched-bits.ts';
import { wordsOfStem } from './terms.ts';

/** Words that say best what a paper is about: more cost more, and say little. */
const mostTerms = 25;
const titleWeight = 2;

/** What finds papers like one: its words of the most weight, how much each of them counts, and not the paper itself. */
export type SimilarQuestion = { readonly node: QueryNode; readonly boosts: ReadonlyMap<string, number> };

/**
 * Weighs the stems of a paper by TF-IDF, 1 + ln(tf) with those of the title twice, times idf over the archive. Null where it shares no word
 * with another paper.
 */
export async function similarQuestion(
  { id, title, abstract }: Pick<Paper, 'id' | 'title' | 'abstract'>,
  snapshot: IndexSnapshot,
): Promise<SimilarQuestion | null> {
  const frequencies = new Map<string, number>();
  const count = (text: string, weight: number): void =>
    eachWord(text, ({ stem }) => frequencies.set(stem, (frequencies.get(stem) ?? 0) + weight));
  count(title, titleWeight);
  count(abstract ?? '', 1);

  const ranges = [...frequencies.keys()].map((stem) => wordsOfStem('t', stem));
  const papers = new Map<string, number>();
  for (const { term, count: own } of (await entriesIn(snapshot, () => ranges, 'terms')).flat()) {
    const stem = term.slice(1, term.indexOf('\u0000'));
    papers.set(stem, (papers.get(stem) ?? 0) + own);
  }
  const documentCount = snapshot.segments.reduce((sum, { living }) => sum + living, 0);
  const weighed = [...frequencies].flatMap(([stem, frequency]) => {
    const documentFrequency = Math.min(documentCount, papers.get(stem) ?? 0);
    if (documentFrequency < 2) return [];
    const boost = 1 + Math.log(frequency);
    return [{ stem, boost, weight: boost * inverseDocumentFrequency(documentCount, documentFrequency) }];
  });
  const chosen = weighed.toSorted((a, b) => b.weight - a.weight).slice(0, mostTerms);
  const boosts = new Map<string, number>();
  const [first, ...others] = chosen.map(({ stem, boost }): TermNode => {
    const leaf: TermNode = { kind: 'term', field: null, text: stem, phrase: [{ by: 'stem', stem }] };
    boosts.set(leafKey(leaf), boost);
    return leaf;
  });
  if (first === undefined) return null;
  const itself = { kind: 'id', id: id.toLowerCase(), prefix: false } as const;
  return { node: allOf(anyOf(first, ...others), { kind: 'not', child: itself }), boosts };
}
