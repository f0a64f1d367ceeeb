import * as fc from 'fast-check';
import TfIdf from 'natural/lib/natural/tfidf/tfidf.js';
import { describe, expect, it } from 'vitest';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { phraseIdf } from '../../src/match/inverse-document-frequency.ts';
import { paperVector } from '../../src/match/paper-vector.ts';
import { profileTerms } from '../../src/match/profile.ts';
import { scorePaper, weighProfile } from '../../src/match/score.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { stem } from '../../src/text/stem.ts';
import { announce, noFrequencies } from './build.ts';

function score(interests: string, title: string, abstract = '', query = '', frequencies = noFrequencies): number {
  const parsed = parseQuery(query);
  const profile = weighProfile(profileTerms(parsed.ok ? parsed.value : null, interests), frequencies);
  return scorePaper(profile, paperVector(analysePaper(announce({ title, abstract }).paper), frequencies)).score;
}

describe('scorePaper', () => {
  it('is highest for a paper that is its own profile and 0 for one that shares nothing', () => {
    expect(score('graph network', 'graph network')).toBeGreaterThan(score('graph network', 'graph network', 'tree'));
    expect(score('graph network', 'Deep trees')).toBe(0);
    expect(score('', 'graph')).toBe(0);
    expect(score('graph', '')).toBe(0);
    expect(score('the of and', 'the of and')).toBe(0);
  });

  it('works out the pivoted cosine by hand', () => {
    // Profile (graph 1); paper (graph: tf 2 in the title → 1 + ln 2, tree: tf 1 → 1), every idf 1; a typical paper has norm 9.
    const graph = 1 + Math.log(2);
    expect(score('graph', 'graph', 'tree')).toBeCloseTo(graph / (0.5 * Math.hypot(graph, 1) + 0.5 * 9));
  });

  it('weighs rare terms as natural does, which adds no 1 within the logarithm of its frequencies', () => {
    const papers = ['graph tree', 'graph molecule', 'graph graph molecule'];
    const oracle = new TfIdf();
    for (const paper of papers) oracle.addDocument(paper.split(' '));
    const frequencies = countDocumentFrequencies(papers.map((title) => ({ title, abstract: null })));
    for (const word of ['graph', 'tree', 'molecule']) {
      // natural: 1 + ln(N / (1 + df)); ours: 1 + ln((1 + N) / (1 + df)).
      const ours = phraseIdf([stem(word)], frequencies) - Math.log((1 + papers.length) / papers.length);
      expect(ours).toBeCloseTo(oracle.idf(word));
    }
  });

  it('counts the title double', () => {
    expect(score('graph', 'graph', 'tree')).toBeGreaterThan(score('graph', 'tree', 'graph'));
  });

  it('prefers rare terms', () => {
    const common = Array.from({ length: 20 }, () => ({ title: 'network', abstract: null }));
    const frequencies = countDocumentFrequencies([...common, { title: 'molecule', abstract: null }]);
    const wants = 'network, molecule';
    expect(score(wants, 'molecule', 'tree', '', frequencies)).toBeGreaterThan(
      score(wants, 'network', 'tree', '', frequencies),
    );
  });

  it('prefers adjacent words', () => {
    expect(score('graph network', 'graph network')).toBeGreaterThan(score('graph network', 'network graph'));
  });

  it('counts phrases, prefixes, acronyms and fields of a query', () => {
    for (const query of ['"graph neural network"', 'molec*', 'MPI', 'title:graph', '"the graph"']) {
      const found = score('', 'the graph neural network of molecules by MPI', 'and so on', query);
      expect([query, found > 0]).toEqual([query, true]);
      expect([query, score('', 'A tree', 'graph of neural', query)]).toEqual([query, 0]);
    }
  });

  it('stays within 0 and 1, and its parts add up to it', () => {
    const text = fc
      .array(fc.constantFrom('graph', 'network', 'neural', 'the', 'MPI', 'tree', 'molecule', ',', 'deep'), {
        maxLength: 12,
      })
      .map((words) => words.join(' '));
    const query = fc.constantFrom(
      'graph',
      '"graph neural network" tree',
      'gra* MPI',
      'title:tree OR abstract:tree',
      'deep -tree',
    );
    fc.assert(
      fc.property(text, text, text, query, fc.boolean(), (interests, title, abstract, asked, known) => {
        const frequencies = known
          ? countDocumentFrequencies([
              { title, abstract },
              { title: 'graph', abstract },
            ])
          : noFrequencies;
        const parsed = parseQuery(asked);
        const profile = weighProfile(profileTerms(parsed.ok ? parsed.value : null, interests), frequencies);
        const scored = scorePaper(profile, paperVector(analysePaper(announce({ title, abstract }).paper), frequencies));
        expect(scored.score).toBeGreaterThanOrEqual(0);
        expect(scored.score).toBeLessThanOrEqual(1);
        expect(scored.parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(scored.score);
      }),
    );
  });
});
