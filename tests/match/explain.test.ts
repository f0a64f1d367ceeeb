import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/domain/subscription.ts';
import { explainMatch, explainQuery } from '../../src/match/explain.ts';
import type { Clause } from '../../src/match/explain.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { announce, compiled, noFrequencies } from './build.ts';

const serving = announce(
  {
    title: 'Federated learning at the edge',
    abstract: 'We survey how clients train together.',
    authors: ['Jane A. Hinton'],
    categories: ['cs.DC', 'cs.NI'],
  },
  { 'cs.DC': 'new' },
);

function clauseOf(query: string): Clause {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return explainQuery(parsed.value, analysePaper(serving.paper));
}

/** `+` and `-` for what holds and what does not, children in parentheses. */
function drawn({ kind, text, holds, children }: Clause): string {
  const sign = holds ? '+' : '-';
  return children.length === 0 ? `${sign}${text}` : `${sign}${kind}(${children.map(drawn).join(' ')})`;
}

describe('explainQuery', () => {
  it.each([
    ['federated privacy', '-all(+federated -privacy)'],
    ['federated -survey', '-all(+federated -not(+survey))'],
    ['(privacy OR clients) author:hinton', '+all(+any(-privacy +clients) +author:hinton)'],
    ['title:clients OR cat:cs.NI', '+any(-title:clients +cat:cs.NI)'],
  ])('tells every part of %s by itself', (query, expected) => {
    expect(drawn(clauseOf(query))).toBe(expected);
  });

  it('says where a leaf was looked for, and where it was found', () => {
    expect(clauseOf('learning')).toMatchObject({ lookedIn: ['title', 'abstract'], found: ['title'] });
    expect(clauseOf('abstract:learning')).toMatchObject({ lookedIn: ['abstract'], found: [] });
    expect(clauseOf('author:hinton')).toMatchObject({ lookedIn: ['author'], found: ['author'] });
    expect(clauseOf('id:2505.15988')).toMatchObject({ lookedIn: ['id'], found: ['id'] });
  });
});

function explained(wants: Partial<Subscription>) {
  const subscription = compiled(wants);
  return explainMatch(subscription, serving, createMatcher([subscription], noFrequencies));
}

describe('explainMatch', () => {
  it('looks at every condition, whichever fails first', () => {
    const found = explained({ query: 'privacy', categories: ['cs.LG', 'cs.NI'], authors: ['Nobody'], kinds: ['new'] });
    expect(found).toMatchObject({
      matched: false,
      query: { holds: false },
      kinds: {
        holds: false,
        wanted: ['new'],
        categories: [
          { text: 'cs.LG', kind: null },
          { text: 'cs.NI', kind: 'cross' },
        ],
      },
      authors: { holds: false, wanted: ['Nobody'], found: [] },
      interests: null,
      score: null,
      evidence: [],
    });
  });

  it('gives the score and the evidence of the match itself', () => {
    const wants = compiled({ query: 'federated', authors: ['Hinton'] });
    const matcher = createMatcher([wants], noFrequencies);
    const [match] = matcher.match(serving);
    expect(explainMatch(wants, serving, matcher)).toMatchObject({
      matched: true,
      score: match?.score,
      evidence: match?.evidence,
      authors: { found: ['Hinton'] },
    });
  });

  it('says that interests are too far away, only where nothing else is to blame', () => {
    expect(explained({ interests: 'protein folding' }).interests).toEqual({ holds: false });
    expect(explained({ interests: 'federated learning' }).interests).toEqual({ holds: true });
    expect(explained({ interests: 'protein folding', authors: ['Nobody'] }).interests).toBeNull();
    expect(explained({ query: 'federated', interests: 'protein folding' }).interests).toBeNull();
  });

  it('blames something exactly where the matcher finds no match', () => {
    const wants = fc.record({
      query: fc.constantFrom('', 'federated', 'privacy', 'federated -survey', 'edge OR privacy'),
      interests: fc.constantFrom('', 'federated learning', 'protein folding'),
      categories: fc.subarray(['cs.DC', 'cs.NI', 'cs.LG', 'math.*']),
      authors: fc.subarray(['Hinton', 'Nobody']),
      kinds: fc.subarray(['new', 'cross', 'replace'] as const, { minLength: 1 }),
    });
    fc.assert(
      fc.property(wants, ({ kinds, ...others }) => {
        const found = explained({ ...others, kinds: [...kinds] });
        const holds =
          (found.query?.holds ?? true) && found.kinds.holds && found.authors.holds && (found.interests?.holds ?? true);
        expect(holds).toBe(found.matched);
      }),
    );
  });
});
