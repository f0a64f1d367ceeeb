import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnouncedPaper, AnnouncementKind } from '../../src/domain/paper.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { announce, compiled, noFrequencies } from './build.ts';

const matches = (wants: Partial<Subscription>, paper: AnnouncedPaper): boolean =>
  createMatcher([compiled(wants)], noFrequencies).match(paper).length > 0;

describe('createMatcher', () => {
  const serving = announce(
    {
      title: 'Recursive Offloading for LLM Serving in Multi-tier Networks',
      abstract: 'Heterogeneous device-edge-cloud infrastructures support LLM services.',
      authors: ['Jane A. Hinton', 'Zhiyuan Wu'],
      categories: ['cs.DC', 'cs.NI'],
    },
    { 'cs.DC': 'new' },
  );

  it.each<[Partial<Subscription>, boolean]>([
    [{ query: 'LLM serving' }, true],
    [{ query: 'LLM training' }, false],
    [{ query: 'LLM serving', categories: ['cs.DC'] }, true],
    [{ query: 'LLM serving', categories: ['cs.LG', 'cs.ni'] }, true],
    [{ query: 'LLM serving', categories: ['cs.LG'] }, false],
    [{ query: 'LLM training', categories: ['cs.DC'] }, false],
    [{ categories: ['cs.*'] }, true],
    [{ categories: ['cs'] }, true],
    [{ categories: ['math'] }, false],
    [{ authors: ['J. Hinton'] }, true],
    [{ authors: ['Nobody', 'Hinton, Jane'] }, true],
    [{ authors: ['Nobody'] }, false],
    [{ query: 'LLM', authors: ['Nobody'] }, false],
    [{ kinds: ['replace'] }, false],
    [{ kinds: ['new'] }, true],
    [{ categories: ['cs.NI'], kinds: ['new'] }, false],
    [{ categories: ['cs.NI'], kinds: ['cross'] }, true],
    [{ categories: ['cs.NI', 'cs.DC'], kinds: ['new'] }, true],
    [{}, true],
  ])('with %j is %s', (wants, expected) => {
    expect(matches(wants, serving)).toBe(expected);
  });

  it('finds no author where the source lost them', () => {
    expect(matches({ authors: ['Hinton'] }, announce())).toBe(false);
  });

  it('takes the announced kinds as they are without categories', () => {
    const replaced = announce({}, { 'cs.DC': 'replace' });
    expect(matches({}, replaced)).toBe(false);
    expect(matches({ kinds: ['replace'] }, replaced)).toBe(true);
  });

  it('says why, in the words of the subscriber, heaviest first, with parts that add up to the score', () => {
    const wants = compiled({ query: '"llm Services" OR networks OR trees -survey' });
    const [match] = createMatcher([wants], noFrequencies).match(serving);
    expect(match?.evidence.map(({ term, field }) => `${field}: ${term}`)).toEqual([
      'title: networks',
      'abstract: llm Services',
    ]);
    const weights = match?.evidence.map(({ weight }) => weight) ?? [];
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(match?.score ?? -1, 3);
    expect(match?.percentile).toBeNull();
  });

  it('names pairs of interests rather than their words, where the pair stands', () => {
    const [match] = createMatcher([compiled({ interests: 'LLM serving, quantum' })], noFrequencies).match(serving);
    expect(match?.evidence.map(({ term, field }) => `${field}: ${term}`)).toEqual([
      'title: LLM serving',
      'abstract: LLM',
    ]);
  });

  it('scores 0 and names category or author where nothing else is asked for', () => {
    const wants = { categories: ['cs.LG', 'cs.NI'], authors: ['hinton'] };
    expect(createMatcher([compiled(wants)], noFrequencies).match(serving)).toEqual([
      {
        subscription: 's1',
        paper: '2505.15988',
        score: 0,
        percentile: null,
        evidence: [
          { term: 'hinton', field: 'author', weight: 0 },
          { term: 'cs.NI', field: 'cat', weight: 0 },
        ],
      },
    ]);
  });

  it('names the fields of a query once, last', () => {
    const wants = { query: 'LLM (cat:cs.NI OR author:"j hinton") id:2505.*', categories: ['cs.NI'] };
    const [match] = createMatcher([compiled(wants)], noFrequencies).match(serving);
    expect(match?.evidence.slice(2)).toEqual([
      { term: 'cs.NI', field: 'cat', weight: 0 },
      { term: 'j hinton', field: 'author', weight: 0 },
      { term: '2505.', field: 'id', weight: 0 },
    ]);
  });

  it('gives the best score first, then the smaller id', () => {
    const wants = [
      compiled({ id: 'b', categories: ['cs.DC'] }),
      compiled({ id: 'a', categories: ['cs.DC'] }),
      compiled({ id: 'c', query: 'LLM' }),
      compiled({ id: 'd', query: '"LLM serving"' }),
    ];
    const found = createMatcher(wants, noFrequencies).match(serving);
    expect(found.map((match) => match.subscription).slice(2)).toEqual(['a', 'b']);
    expect(found.map((match) => match.score)).toEqual(found.map((match) => match.score).toSorted((a, b) => b - a));
  });

  it('lets interests alone select what is on their subject, not what shares a common word', () => {
    const day = [
      announce({
        id: '1',
        title: 'Multimodal Online Federated Learning with Modality Missing in Internet of Things',
        abstract: 'Federated learning lets devices train a shared model without sharing their data.',
      }),
      announce({
        id: '2',
        title: 'Brand: Managing Training Data with Batched Random Access',
        abstract:
          'We propose a memory management system for deep learning training where memory is smaller than the datasets. Data files are read in chunks, and random access is kept by careful scheduling of disk reads across many nodes.',
      }),
      announce({
        id: '3',
        title: 'Accelerating Maximal Biclique Enumeration on GPUs',
        abstract:
          'Enumeration of bicliques is hard. We present a parallel algorithm with compact arrays and work stealing.',
      }),
    ];
    for (const frequencies of [noFrequencies, countDocumentFrequencies(day.map(({ paper }) => paper))]) {
      const matcher = createMatcher([compiled({ interests: 'federated learning' })], frequencies);
      expect(day.flatMap((paper) => matcher.match(paper)).map((match) => match.paper)).toEqual(['1']);
    }
  });

  it('agrees with its definition on random worlds', () => {
    const kind = fc.constantFrom<AnnouncementKind>('new', 'cross', 'replace', 'replace-cross');
    const category = fc.constantFrom('cs.DC', 'cs.LG', 'math.OC', 'hep-th');
    const paper = fc
      .record({
        title: fc.constantFrom('graph', 'tree', 'graph tree'),
        categories: fc.uniqueArray(category, { minLength: 1, maxLength: 3 }),
        authors: fc.subarray(['Jane Hinton', 'Ada Lovelace']),
        kind,
      })
      .map(({ kind: announced, ...fields }) => announce(fields, { [fields.categories[0] ?? '']: announced }));
    const wants = fc.record({
      query: fc.constantFrom('', 'graph', 'tree -graph'),
      categories: fc.subarray(['cs.DC', 'cs.LG', 'math.OC', 'hep-th']),
      authors: fc.subarray(['hinton', 'a lovelace']),
      kinds: fc.subarray<AnnouncementKind>(['new', 'cross', 'replace', 'replace-cross'], { minLength: 1 }),
    });
    fc.assert(
      fc.property(paper, wants, (announced, wanted) => {
        const { title, categories, authors, primary } = announced.paper;
        const said = announced.announcements[0]?.kind ?? 'new';
        const replaced = said.startsWith('replace');
        const kindOf = (code: string): AnnouncementKind =>
          code === primary ? said : replaced ? 'replace-cross' : 'cross';
        const queryHolds =
          wanted.query === '' || (wanted.query === 'graph' ? title.includes('graph') : title === 'tree');
        const kindHolds =
          wanted.categories.length === 0
            ? wanted.kinds.includes(said)
            : categories.some((code) => wanted.categories.includes(code) && wanted.kinds.includes(kindOf(code)));
        const authorHolds =
          wanted.authors.length === 0 ||
          (wanted.authors.includes('hinton') && authors.includes('Jane Hinton')) ||
          (wanted.authors.includes('a lovelace') && authors.includes('Ada Lovelace'));
        expect(matches(wanted, announced)).toBe(queryHolds && kindHolds && authorHolds);
      }),
      { numRuns: 500 },
    );
  });
});
