import { array, assert, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import type { MarkedPaper } from '../../src/domain/mark.ts';
import type { KnownPaper } from '../../src/match/experience.ts';
import { nearestPast, relatedTerms } from '../../src/match/learn.ts';
import type { Past } from '../../src/match/learn.ts';
import { learnedTerms } from '../../src/match/learned-terms.ts';
import { paperVector } from '../../src/match/paper-vector.ts';
import { profileTerms } from '../../src/match/profile.ts';
import { scoreAlone, scorePaper, weighProfile } from '../../src/match/score.ts';
import type { WeighedProfile } from '../../src/match/score.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { announce } from './build.ts';

const titles = [
  'Speculative decoding of large language models',
  'Draft models for speculative decoding',
  'A survey of language models',
  'A survey of reading',
  'Graph neural networks for molecules',
  'Molecules and their graphs',
  'Reading order of pages',
  'Fast decoding of codes',
];
const paperAt = (index: number): KnownPaper => announce({ id: `2501.0000${index}`, title: titles[index] ?? '' }).paper;
const papers = titles.map((_, index) => paperAt(index));
const speculative = paperAt(0);
const draft = paperAt(1);
const survey = paperAt(2);
const frequencies = countDocumentFrequencies(papers);

function profile(interests: string, { marks = [], past = [] }: Partial<Past> = {}): WeighedProfile {
  const terms = profileTerms(null, interests);
  return weighProfile(terms, frequencies, { marks, related: relatedTerms(terms, frequencies, { marks, past }) });
}

function score(weighed: WeighedProfile, paper: KnownPaper): number {
  return scorePaper(weighed, paperVector(analysePaper({ ...paper, comments: null }), frequencies)).score;
}

const up = (paper: KnownPaper): MarkedPaper => ({ paper, kind: 'up' });
const down = (paper: KnownPaper): MarkedPaper => ({ paper, kind: 'down' });

describe('learnTerms', () => {
  it('brings what is like a liked paper nearer, by one mark', () => {
    const before = profile('language models');
    const after = profile('language models', { marks: [up(speculative)] });
    expect(score(after, draft) / score(after, survey)).toBeGreaterThan(score(before, draft) / score(before, survey));
  });

  it('moves what is like a disliked paper away, and never turns against what was said', () => {
    const before = profile('language models');
    const after = profile('language models', { marks: [down(survey)] });
    expect(score(after, survey)).toBeLessThan(score(before, survey));
    expect(after.terms.filter(({ term }) => term.origin === 'interest').every(({ weight }) => weight >= 0)).toBe(true);
    expect(after.terms.some(({ term, weight }) => term.text === 'survey' && weight < 0)).toBe(true);
  });

  it('finds by related terms what shares no word with the interests', () => {
    const past = [speculative, draft];
    const alone = profile('speculative');
    const related = profile('speculative', { past });
    const decoding = announce({ id: '2501.00009', title: 'Decoding models' }).paper;
    expect(score(alone, decoding)).toBe(0);
    expect(score(related, decoding)).toBeGreaterThan(0);
    expect(related.terms.find(({ term }) => term.text === 'decoding')?.term.origin).toBe('related');
  });

  it('follows from the marks alone, in any order, so that taking one back gives the profile of before', () => {
    const marks = array(record({ paper: constantFrom(...papers), kind: constantFrom('up', 'down', 'saved') }), {
      maxLength: 6,
    });
    assert(
      property(marks, (some) => {
        const ordered = profile('language models', { marks: some, past: papers });
        expect(profile('language models', { marks: [...some], past: papers }).terms).toEqual(ordered.terms);
        for (const paper of papers) {
          const vector = paperVector(analysePaper({ ...paper, comments: null }), frequencies);
          const scored = scorePaper(ordered, vector);
          expect(scored.score).toBeGreaterThanOrEqual(0);
          expect(scored.score).toBeLessThanOrEqual(1);
          expect(scoreAlone(ordered, vector)).toBe(scored.score);
          expect(
            Math.max(
              0,
              scored.parts.reduce((sum, { weight }) => sum + weight, 0),
            ),
          ).toBeCloseTo(scored.score);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('nearestPast', () => {
  it('keeps what has something in common, nearest first', () => {
    const kept = nearestPast(profileTerms(null, 'speculative decoding'), frequencies, { marks: [], past: papers });
    expect(kept.map(({ title }) => title)).toEqual([titles[1], titles[0], titles[7]]);
  });
});

describe('learnedTerms', () => {
  it('names what marks taught, in words, for and against', () => {
    const learned = learnedTerms(profile('language models', { marks: [up(draft), down(survey)] }), 4);
    expect(learned.map(({ term }) => term)).toContain('speculative decoding');
    expect(learned.some(({ term, weight }) => term === 'survey' && weight < 0)).toBe(true);
    expect(learned.map(({ term }) => term)).not.toContain('speculative');
  });
});
