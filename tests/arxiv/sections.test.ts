import { describe, expect, it } from 'vitest';
import { hasRepeats, isComplete, parseMarker, parseSectionTitle } from '../../src/arxiv/sections.ts';

const section = (shown: number | null, total: number | null, parsed: number, kind: 'new' | 'replace' = 'new') => ({
  kind,
  shown,
  total,
  parsed,
});

describe('parseSectionTitle', () => {
  it.each([
    ['New submissions (showing 69 of 69 entries)', { kind: 'new', shown: 69, total: 69 }],
    ['New submissions (showing first 24 of 48 entries)', { kind: 'new', shown: 24, total: 48 }],
    ['Cross submissions (continued, showing 25 of 69 entries)', { kind: 'cross', shown: 25, total: 69 }],
    ['Replacement submissions (continued, showing last 1 of 7 entries )', { kind: 'replace', shown: 1, total: 7 }],
    ['Replacement submissions', { kind: 'replace', shown: null, total: null }],
    ['Cross-lists', null],
    ['New submissions (showing 7 of', null],
  ])('reads “%s”', (text, expected) => {
    expect(parseSectionTitle(text)).toEqual(expected);
  });
});

describe('parseMarker', () => {
  it('tells new, cross-listed and replaced, and nothing else', () => {
    expect(parseMarker('')).toEqual({ kind: 'new', crossFrom: null });
    expect(parseMarker('(replaced)')).toEqual({ kind: 'replace', crossFrom: null });
    expect(parseMarker('(cross-list from cond-mat.mtrl-sci)')).toEqual({
      kind: 'cross',
      crossFrom: 'cond-mat.mtrl-sci',
    });
    expect(parseMarker('(cross-list)')).toBeNull();
  });
});

describe('isComplete', () => {
  it('is true only where every count was declared and read', () => {
    expect(isComplete([section(7, 7, 7), section(2, 2, 2, 'replace')], 9)).toBe(true);
    expect(isComplete([section(7, 7, 7)], 7)).toBe(true);
  });

  it('is null where a section, or whether there are more of them, is not declared', () => {
    expect(isComplete([section(7, 7, 7), section(null, null, 2, 'replace')], null)).toBeNull();
    expect(isComplete([section(7, 7, 7)], null)).toBeNull();
    expect(isComplete([section(2, 2, 2, 'replace')], null)).toBeNull();
    expect(isComplete([section(null, null, 7)], 7)).toBeNull();
  });

  it('is false as soon as one count disagrees', () => {
    expect(isComplete([section(7, 7, 6), section(null, null, 2, 'replace')], null)).toBe(false);
    expect(isComplete([section(24, 48, 24)], null)).toBe(false);
    expect(isComplete([section(7, 7, 7)], 8)).toBe(false);
    expect(isComplete([section(null, null, 7)], 8)).toBe(false);
  });
});

describe('hasRepeats', () => {
  it('is true for a paper that stands twice as the same kind, not for one that is new and replaced', () => {
    expect(
      hasRepeats([
        { id: 'a', kind: 'new' },
        { id: 'a', kind: 'replace' },
        { id: 'b', kind: 'new' },
      ]),
    ).toBe(false);
    expect(
      hasRepeats([
        { id: 'a', kind: 'new' },
        { id: 'b', kind: 'new' },
        { id: 'a', kind: 'new' },
      ]),
    ).toBe(true);
  });
});
