import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysePaper } from '../../src/query/analyse.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { openStore } from '../../src/store/open-store.ts';
import { entry, listing, silentLog } from './store-builders.ts';

const words = [
  'model',
  'Models',
  'modelling',
  'LLM',
  'LLMs',
  'llm',
  'graph',
  'Graphs',
  'neural',
  'über',
  'low-density',
  'GPU',
  'a',
  'm',
];
const people = [
  'Jane Hinton',
  'J. Hinton',
  'Hinton, Geoffrey E.',
  'Jane Doe',
  'José Hinton-Doe',
  'J. A. Doe',
  'Wei Li',
  'Li Wei',
  'The CMS Collaboration',
];
const codes = ['cs.LG', 'cs.DC', 'stat.ML', 'hep-th', 'math.GT', 'math-ph'];

const text = fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((chosen) => chosen.join(' '));
const worlds = fc.array(
  fc.record({
    title: text,
    abstract: fc.option(text),
    comments: fc.option(text),
    authors: fc.array(fc.constantFrom(...people), { maxLength: 3 }),
    categories: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 20 },
);

const leaves = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words, 'mod*', 'l*', 'GPU-graph', 'LLM-mod*', 'neural-graph*') },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
      .map((chosen) => `"${chosen.join(' ')}"`),
  },
  fc
    .tuple(fc.constantFrom('title', 'abstract', 'comments'), fc.constantFrom(...words))
    .map(([field, word]) => `${field}:${word}`),
  fc.constantFrom(
    'author:hinton',
    'author:"j hinton"',
    'author:"jane hinton"',
    'author:"jane doe"',
    'author:li',
    'author:"wei l*"',
    'author:h',
    'author:"g e hinton"',
  ),
  fc.constantFrom('cat:cs.LG', 'cat:cs', 'cat:math', 'cat:math*', 'cat:cs.*', 'cat:hep-th', 'cat:m*'),
  fc.constantFrom('id:2505.1', 'id:2505.00003', 'id:2505.0000*', 'id:2505.0001*'),
);
const { query: queries } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaves,
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} ${b})`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} OR ${b})`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} -${b})`),
    tie('query').map((a) => `NOT ${a}`),
  ),
}));

describe('toMatchExpression', () => {
  it('finds exactly the papers that the evaluator finds, in any world', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(queries, { minLength: 20, maxLength: 20 }), async (world, typed) => {
        const entries = world.map((changes, index) =>
          entry({ id: `2505.${String(index).padStart(5, '0')}`, ...changes }),
        );
        const store = await openStore('sqlite::memory:', { log: silentLog });
        await store.papers.saveListing(listing(entries));
        const asked = typed.flatMap((query) => {
          const parsed = parseQuery(query);
          return parsed.ok ? [{ query, node: parsed.value }] : [];
        });
        for (const { query, node } of asked) {
          const expected = entries.filter((paper) => evaluate(node, analysePaper(paper))).map(({ id }) => id);
          const found = await store.papers.search({ query, limit: 100 });
          const hits = found.ok ? found.value.hits.map(({ paper }) => paper.id).toSorted() : found.error;
          expect([query, hits]).toEqual([query, expected]);
          expect(found).toMatchObject({ value: { total: { value: expected.length, exact: true } } });
        }
        await store.close();
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
