import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSubscription } from '../../src/match/compile.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { scoreDay } from '../../src/match/score-day.ts';
import { aSubscription, announced } from '../builders/domain.ts';

const rest = () => Promise.resolve();
const words = ['graph', 'graphs', 'neural', 'network', 'LLM', 'of', 'the', 'sparse', 'learning', 'learn'] as const;
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((some) => some.join(' '));
const paper = fc.record({ title: text, abstract: text, category: fc.constantFrom('cs.LG', 'cs.DC', 'math.CO') });
const query = fc.constantFrom(
  '',
  'graph',
  '"graph neural network" OR sparse',
  'lear* OR title:network',
  'LLM',
  '"state of the graph"',
  'author:hinton',
);
const wish = fc.record({
  query,
  interests: fc.oneof(fc.constant(''), text),
  categories: fc.subarray(['cs.*', 'cs.DC', 'math.CO']),
});

function compiled(given: Parameters<typeof aSubscription>[0]) {
  const read = compileSubscription(aSubscription(given));
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('scoreDay', () => {
  it('gives each paper of the categories the score that a match gives it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(paper, { minLength: 1, maxLength: 12 }), wish, async (texts, wanted) => {
        const papers = texts.map(({ title, abstract, category }, index) => {
          const known = announced({ id: `2505.${10_000 + index}`, title, abstract, categories: [category] });
          return { ...known, announcements: [{ category, kind: 'new' as const }] };
        });
        const frequencies = countDocumentFrequencies(papers.map((one) => one.paper));
        const [scores] = await scoreDay([compiled({ id: 's', ...wanted })], papers, frequencies, rest);

        // A query that all papers match leaves the score alone.
        const everything = compiled({ id: 's', ...wanted });
        const matcher = createMatcher([{ ...everything, query: null, interestsSelect: false }], frequencies);
        const matches = papers.flatMap((one) => matcher.match(one));
        expect(scores?.papers).toBe(matches.length);
        const expected = matches.map(({ score }) => score).filter((score) => score > 0);
        expect(scores?.scores.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
      }),
    );
  });

  it('counts papers of the kinds a subscription takes only', async () => {
    const papers = [
      announced({ id: '1', title: 'Graphs' }),
      announced({ id: '2', title: 'Graphs again' }, 'replace'),
      announced({ id: '3', title: 'Trees' }),
    ];
    const frequencies = countDocumentFrequencies(papers.map((one) => one.paper));
    const [scores] = await scoreDay(
      [compiled({ id: 's', query: 'graphs', categories: ['cs.DC'] })],
      papers,
      frequencies,
      rest,
    );
    expect(scores).toEqual({ papers: 2, scores: [expect.any(Number)] });
  });
});
