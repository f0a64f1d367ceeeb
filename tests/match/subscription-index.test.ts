import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcementKinds } from '../../src/domain/paper.ts';
import type { AnnouncedPaper } from '../../src/domain/paper.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { readFilter } from '../../src/match/compile.ts';
import { authorHolds, kindHolds } from '../../src/match/filters.ts';
import type { SubscriptionFilter } from '../../src/match/subscription-filter.ts';
import { createSubscriptionIndex } from '../../src/match/subscription-index.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { announce, subscription } from './build.ts';

/** What the index must answer, asked of every subscription by itself. */
function wants(filter: SubscriptionFilter, announced: AnnouncedPaper): boolean {
  const paper = analysePaper(announced.paper);
  return (
    kindHolds(filter, announced) &&
    authorHolds(filter, paper) &&
    (filter.query === null || evaluate(filter.query, paper))
  );
}

function filterOf(fields: Partial<Subscription>): SubscriptionFilter {
  const read = readFilter(subscription(fields));
  if (!read.ok) throw new Error(`${fields.query}: ${read.error.message}`);
  return read.value;
}

/** Few words, so that papers hold what is asked for, in every form that a query knows. */
const words = ['graph', 'graphs', 'neural', 'network', 'networks', 'gan', 'GANs', 'MPI', 'molecule', 'molecular'];
const codes = ['cs.LG', 'cs.SY', 'eess.SY', 'math.MP', 'math-ph', 'hep-th', 'cmp-lg', 'cs.CL'];
const names = ['Jane A. Hinton', 'J. Hinton', 'Hinton, Jörg', 'Ada Lovelace', 'Grüning'];

const word = fc.constantFrom(...words);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((several) => `"${several.join(' ')}"`);
const leaf = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 4, arbitrary: phrase },
  fc.constantFrom('gra*', 'mol*', 'n*', '"neural net*"', 'graph-networks'),
  fc.tuple(fc.constantFrom('title', 'abstract', 'comments'), fc.oneof(word, phrase)).map((parts) => parts.join(':')),
  fc.constantFrom('author:hinton', 'author:"j hinton"', 'author:h', 'author:hin*', 'author:gruning', 'author:"ada l"'),
  fc.constantFrom('cat:cs.*', 'cat:eess.sy', 'cat:cs.SY', 'cat:math-ph', 'cat:cs.L*', 'cat:hep-th', 'cat:cs.CL'),
  fc.constantFrom('id:2505.00001', 'id:2505.*', 'id:25*', 'id:math/0309136'),
);
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`),
    fc.array(leaf, { minLength: 2, maxLength: 40 }).map((several) => several.join(' OR ')),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) AND (${b})`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) NOT (${b})`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) AND NOT NOT (${b})`),
  ),
}));
const few = <T>(from: readonly T[], most: number) => fc.uniqueArray(fc.constantFrom(...from), { maxLength: most });
const wanted = fc.record({
  query: fc.oneof({ weight: 6, arbitrary: query }, fc.constant('')),
  categories: fc.oneof(fc.constant<string[]>([]), few([...codes, 'cs', 'cs.*', 'eess.*', 'cs.L*', 'math'], 3)),
  authors: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, few(['hinton', 'J. Hinton', 'a lovelace'], 2)),
  kinds: fc.uniqueArray(fc.constantFrom(...announcementKinds), { minLength: 1, maxLength: 4 }),
});

const text = fc.array(word, { maxLength: 8 }).map((several) => several.join(' '));
const announced = fc
  .record({
    fields: fc.record({
      id: fc.constantFrom('2505.00001', '2505.00002', 'math/0309136', '2601.00001'),
      title: text,
      abstract: fc.option(text),
      comments: fc.option(text),
      authors: few(names, 3),
      categories: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 3 }),
    }),
    listings: fc.dictionary(fc.constantFrom(...codes, 'cs'), fc.constantFrom(...announcementKinds), {
      minKeys: 1,
      maxKeys: 2,
    }),
  })
  .map(({ fields, listings }) => announce({ ...fields, primary: fields.categories[0] ?? 'cs.LG' }, listings));

describe('createSubscriptionIndex', () => {
  it('answers what every subscription by itself would, whatever came and went', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(wanted, fc.boolean()), { minLength: 1, maxLength: 20 }),
        fc.array(wanted, { maxLength: 8 }),
        fc.array(announced, { minLength: 1, maxLength: 6 }),
        (first, later, papers) => {
          const index = createSubscriptionIndex();
          const live = new Map<number, Partial<Subscription>>();
          const add = (fields: Partial<Subscription>): void => {
            const number = index.add(filterOf(fields));
            expect(live.has(number)).toBe(false);
            live.set(number, fields);
          };
          const check = (): void => {
            for (const paper of papers) {
              const found = [...index.match(paper)].toSorted((a, b) => a - b);
              const expected = [...live]
                .filter(([, fields]) => wants(filterOf(fields), paper))
                .map(([number]) => number);
              expect({ found, live: [...live] }).toEqual({
                found: expected.toSorted((a, b) => a - b),
                live: [...live],
              });
            }
          };
          for (const [fields] of first) add(fields);
          check();
          const leaving = [...live].filter((_, at) => first[at]?.[1]);
          for (const [number, fields] of leaving) {
            index.remove(number, filterOf(fields));
            live.delete(number);
          }
          check();
          for (const fields of later) add(fields);
          check();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the number of a removed subscription to the next one', () => {
    const index = createSubscriptionIndex();
    const graph = filterOf({ query: 'graph' });
    const first = index.add(graph);
    index.add(filterOf({ query: 'trees' }));
    index.remove(first, graph);
    expect(index.add(filterOf({ query: 'nets' }))).toBe(first);
  });

  it('keeps its lists right while thousands of one word come and go', () => {
    const index = createSubscriptionIndex();
    const wanting = Array.from({ length: 3000 }, (_, at) =>
      filterOf({
        query: at % 3 === 0 ? 'graph' : 'graph -tree OR "graph neural"',
        categories: at % 2 === 0 ? ['cs.LG'] : [],
      }),
    );
    const numbers = wanting.map((one) => index.add(one));
    const left = numbers.filter((_, at) => at % 5 === 0);
    for (const [at, number] of numbers.entries()) {
      const one = wanting[at];
      if (at % 5 !== 0 && one !== undefined) index.remove(number, one);
    }
    const paper = announce({ title: 'A graph', categories: ['cs.LG'], primary: 'cs.LG' });
    expect([...index.match(paper)].toSorted((a, b) => a - b)).toEqual(left);
  });

  it('refuses to remove what was not added so', () => {
    const index = createSubscriptionIndex();
    const number = index.add(filterOf({ query: 'graph' }));
    expect(() => index.remove(number, filterOf({ query: 'tree' }))).toThrow(/not in the index/);
  });
});
