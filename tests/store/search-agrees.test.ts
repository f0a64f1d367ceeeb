import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { DatabaseKind } from '../../src/store/dialect.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { entry, listing, silentLog, storeAt, temporaryStore } from './store-builders.ts';

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

/** An empty store each time it is called. On PostgreSQL it is always the same one, for a new database takes longer than the rest. */
async function emptyStores(kind: DatabaseKind): Promise<() => Promise<Store>> {
  if (kind === 'sqlite') return () => storeAt('sqlite::memory:');
  const url = await temporaryDatabase(kind);
  const store = await storeAt(url);
  const { db } = await openDatabase(url, { log: silentLog });
  onTestFinished(() => db.destroy());
  return async () => {
    await sql`truncate papers, search_segments, search_blocks cascade`.execute(db);
    return store;
  };
}

describe.each(databaseKinds)('PaperStore.search on %s', (kind) => {
  it('finds exactly the papers that the evaluator finds, in any world', async () => {
    const empty = await emptyStores(kind);
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(queries, { minLength: 20, maxLength: 20 }), async (world, typed) => {
        const entries = world.map((changes, index) =>
          entry({ id: `2505.${String(index).padStart(5, '0')}`, ...changes }),
        );
        const store = await empty();
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
      }),
      // The same code reads the index of both; PostgreSQL takes a while for each statement.
      { numRuns: kind === 'sqlite' ? 100 : 10 },
    );
  }, 60_000);
});

describe('both databases', () => {
  it('sort what they find by date alike', async () => {
    const stores = [await temporaryStore('sqlite'), await temporaryStore('postgres')];
    // Upper and lower case, and signs, order differently in most languages than byte by byte.
    const ids = ['math/0309136', '2505.00001', 'Q-alg/1', 'q-alg/1', 'hep-th/1', 'hepth/1', 'a_b', 'aB', 'ä'];
    for (const [index, id] of ids.entries()) {
      const day = listing([entry({ id })], { date: `2025-05-${20 + (index % 3)}` });
      for (const store of stores) await store.papers.saveListing(day);
    }
    const [one, other] = await Promise.all(
      stores.map(async ({ papers }) => {
        const found = await papers.search({ query: 'ecosystem', sort: 'date' });
        return found.ok ? found.value.hits.map(({ paper }) => paper.id) : [];
      }),
    );
    expect(one).toHaveLength(ids.length);
    expect(other).toEqual(one);
  });
});
