import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { analysePaper } from '../../src/query/analyse.ts';
import { positiveLeaves } from '../../src/query/ast.ts';
import type { TermNode } from '../../src/query/ast.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { occurrences } from '../../src/text/phrase.ts';
import type { WordPattern } from '../../src/text/phrase.ts';
import type { Token } from '../../src/text/tokens.ts';

const rowSchema = z.object({
  id: z.string(),
  title: z.string(),
  abstract: z.string().nullable(),
  authors_json: z.string(),
  categories_json: z.string(),
});

/** What a query has found so far: places of papers, and for each leaf how often it is in them. */
type Collected = { readonly papers: number[]; readonly frequencies: number[][] };

/**
 * The first papers of each query by exact BM25 (k1 1.2, b 0.75, titles twice, ties by identifier), computed from the papers of an SQLite
 * database by the evaluator, without any index: all papers are read once, and every query is put to each that can match.
 */
export async function exactBm25(path: string, queries: readonly string[], limit: number): Promise<string[][]> {
  const nodes = queries.map((query) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.value;
  });
  const onlyTerms = nodes.map((node) => positiveLeaves(node).every((leaf) => leaf.kind === 'term'));
  const leaves = nodes.map((node) => {
    const terms = positiveLeaves(node).filter((leaf): leaf is TermNode => leaf.kind === 'term');
    return [...new Map(terms.map((leaf) => [JSON.stringify([leaf.field, leaf.phrase]), leaf])).values()];
  });
  const collected = nodes.map((_, index): Collected => ({
    papers: [],
    frequencies: (leaves[index] ?? []).map(() => []),
  }));
  const documentFrequencies = leaves.map((each) => each.map(() => 0));
  const canHold = createWordTest();
  const ids: string[] = [];
  const lengths: number[] = [];

  const database = new DatabaseSync(path, { readOnly: true });
  for (const row of database
    .prepare('select id, title, abstract, authors_json, categories_json from papers')
    .iterate()) {
    const { id, title, abstract, authors_json: authors, categories_json: categories } = rowSchema.parse(row);
    const strings = z.array(z.string());
    const paper = analysePaper({
      id,
      title,
      abstract,
      comments: null,
      authors: strings.parse(JSON.parse(authors)),
      categories: strings.parse(JSON.parse(categories)),
    });
    const { tokens } = paper;
    const number = ids.push(id) - 1;
    lengths.push(tokens.title.length + tokens.abstract.length);
    const holds = canHold([...tokens.title, ...tokens.abstract]);
    for (const [query, own] of leaves.entries()) {
      const counts = own.map(({ phrase, field }) => {
        if (!phrase.every(holds)) return 0;
        const inTitle = field === 'abstract' ? 0 : occurrences(tokens.title, phrase).length;
        return 2 * inTitle + (field === 'title' ? 0 : occurrences(tokens.abstract, phrase).length);
      });
      const frequencies = documentFrequencies[query] ?? [];
      for (const [leaf, count] of counts.entries()) {
        if (count > 0) frequencies[leaf] = (frequencies[leaf] ?? 0) + 1;
      }
      const node = nodes[query];
      const into = collected[query];
      if (node === undefined || into === undefined) continue;
      // Most papers hold nothing of a query.
      if ((onlyTerms[query] === true && counts.every((count) => count === 0)) || !evaluate(node, paper)) continue;
      into.papers.push(number);
      for (const [leaf, count] of counts.entries()) into.frequencies[leaf]?.push(count);
    }
  }
  database.close();

  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return collected.map(({ papers, frequencies }, query) => {
    const idfs = (documentFrequencies[query] ?? []).map((n) => {
      const idf = Math.log((ids.length - n + 0.5) / (n + 0.5));
      return idf <= 0 ? 1e-6 : idf;
    });
    const scores = papers.map((paper, index) =>
      idfs.reduce((sum, idf, leaf) => {
        const frequency = frequencies[leaf]?.[index] ?? 0;
        const norm = 1.2 * (1 - 0.75 + (0.75 * (lengths[paper] ?? 0)) / average);
        return sum + (idf * (frequency * 2.2)) / (frequency + norm);
      }, 0),
    );
    const order = [...papers.keys()].toSorted((a, b) => {
      const [one, other] = [ids[papers[a] ?? 0] ?? '', ids[papers[b] ?? 0] ?? ''];
      return (scores[b] ?? 0) - (scores[a] ?? 0) || (one < other ? -1 : 1);
    });
    return order.slice(0, limit).map((index) => ids[papers[index] ?? 0] ?? '');
  });
}

/** Whether a paper has a word that a pattern means, so that most leaves need no second look. What was asked of a paper is remembered. */
function createWordTest(): (tokens: readonly Token[]) => (pattern: WordPattern) => boolean {
  return (tokens) => {
    const folded = new Set(tokens.map((token) => token.folded));
    const stems = new Set(tokens.map((token) => token.stem));
    const known = new Map<string, boolean>();
    return (pattern) => {
      if (pattern.by === 'stem') return stems.has(pattern.stem);
      if (pattern.by === 'exact') return folded.has(pattern.folded);
      const before = known.get(pattern.prefix);
      if (before !== undefined) return before;
      const isThere = [...folded].some((word) => word.startsWith(pattern.prefix));
      known.set(pattern.prefix, isThere);
      return isThere;
    };
  };
}
