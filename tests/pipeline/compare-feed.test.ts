import { describe, expect, it } from 'vitest';
import type { AnnouncementKind } from '../../src/domain/paper.ts';
import { compareFeed } from '../../src/pipeline/compare-feed.ts';
import { aListing, anEntry } from '../builders/domain.ts';

type Listed = Record<string, AnnouncementKind>;

const of = { archive: 'cs.DC', date: '2025-05-23', checkedAt: 7 };

function compared(listed: Listed, inFeed: Listed, given: { date?: string; complete?: false; archive?: string } = {}) {
  const { archive = 'cs.DC', ...listing } = given;
  const entries = Object.entries(inFeed).map(([id, kind]) => anEntry({ id, kind }));
  return compareFeed(
    Object.entries(listed).map(([id, kind]) => ({ id, kind })),
    aListing(entries, { source: 'rss', complete: null, ...listing }),
    { ...of, archive },
  );
}

describe('compareFeed', () => {
  it('agrees where both have the same new and crossed papers, whatever was replaced', () => {
    expect(compared({ a: 'new', b: 'cross', c: 'replace' }, { b: 'cross', a: 'new', d: 'replace-cross' })).toEqual({
      verdict: 'agrees',
      checkedAt: 7,
      onlyListing: [],
      onlyFeed: [],
    });
  });

  it('names what only one of them has', () => {
    expect(compared({ a: 'new', b: 'new' }, { d: 'cross', c: 'new', a: 'new' })).toMatchObject({
      verdict: 'differs',
      onlyListing: ['b'],
      onlyFeed: ['c', 'd'],
    });
  });

  it('differs where the feed is empty on a day with papers, and agrees where both are', () => {
    expect(compared({ a: 'new' }, {})).toMatchObject({ verdict: 'differs', onlyListing: ['a'] });
    expect(compared({}, {})).toMatchObject({ verdict: 'agrees' });
  });

  it('takes a feed of another day for stale, and one with another day’s papers too', () => {
    expect(compared({ a: 'new' }, { a: 'new' }, { date: '2025-05-22' })).toMatchObject({
      verdict: 'stale',
      onlyFeed: [],
    });
    expect(compared({ a: 'new', b: 'new' }, { y: 'new', z: 'new' })).toMatchObject({ verdict: 'stale', onlyFeed: [] });
  });

  it('asks a full feed only for what it has: what it has not was cut', () => {
    expect(compared({ a: 'new', b: 'new' }, { a: 'new', c: 'cross' }, { complete: false })).toMatchObject({
      verdict: 'cut',
      onlyListing: [],
      onlyFeed: ['c'],
    });
  });

  it('leaves out what an archive’s page does not print: crosses inside it', () => {
    expect(compared({ a: 'new' }, { a: 'new', within: 'cross' }, { archive: 'cs' })).toMatchObject({
      verdict: 'agrees',
    });
    expect(compared({ a: 'new' }, { a: 'new', within: 'cross' }, { archive: 'math' })).toMatchObject({
      verdict: 'differs',
    });
  });

  it('keeps the first 50 names', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`n${at + 10}`, 'new' as const]));
    expect(compared({ a: 'new', ...many }, { a: 'new' }).onlyListing).toHaveLength(50);
  });
});
