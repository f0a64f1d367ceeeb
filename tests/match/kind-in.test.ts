import { describe, expect, it } from 'vitest';
import type { AnnouncementKind } from '../../src/domain/paper.ts';
import { kindIn } from '../../src/match/kind-in.ts';
import { announce } from './build.ts';

type Announced = Readonly<Record<string, AnnouncementKind>>;

describe('kindIn', () => {
  const categories = ['cs.LG', 'cs.DC', 'math.OC', 'hep-th'];

  it.each<[Announced, string, AnnouncementKind | null]>([
    // In that very listing: as announced.
    [{ 'cs.LG': 'new' }, 'cs.LG', 'new'],
    [{ 'cs.DC': 'cross' }, 'cs.DC', 'cross'],
    [{ 'cs.DC': 'cross' }, 'CS.dc', 'cross'],
    [{ 'cs.DC': 'replace' }, 'cs.DC', 'replace'],
    [{ cs: 'new' }, 'cs', 'new'],
    [{ cs: 'new' }, 'cs.*', 'new'],
    [{ 'cs.DC': 'cross', 'cs.LG': 'new' }, 'cs.DC', 'cross'],
    [{ 'eess.SY': 'cross' }, 'cs.SY', 'cross'],
    [{ 'math.MP': 'new' }, 'math-ph', 'new'],
    // In another: new in its primary, crossed elsewhere.
    [{ 'cs.LG': 'new' }, 'cs.DC', 'cross'],
    [{ 'cs.LG': 'new' }, 'math.OC', 'cross'],
    [{ 'cs.LG': 'new' }, 'hep-th', 'cross'],
    [{ cs: 'new' }, 'cs.LG', 'new'],
    [{ cs: 'new' }, 'cs.DC', 'cross'],
    // Only crossed: it may have been new long ago.
    [{ 'cs.DC': 'cross' }, 'cs.LG', 'cross'],
    [{ 'cs.DC': 'cross' }, 'math.OC', 'cross'],
    [{ 'cs.DC': 'cross' }, 'cs', 'cross'],
    [{ 'cs.DC': 'cross' }, 'cs.*', 'cross'],
    [{ 'cs.LG': 'new' }, 'math', 'cross'],
    [{ 'cs.LG': 'replace' }, 'cs.DC', 'replace-cross'],
    [{ 'cs.DC': 'replace' }, 'cs.LG', 'replace'],
    [{ 'cs.DC': 'replace' }, 'math.*', 'replace-cross'],
    [{ 'cs.DC': 'replace-cross' }, 'cs.LG', 'replace'],
    // Not there.
    [{ 'cs.LG': 'new' }, 'cs.CL', null],
    [{ 'cs.LG': 'new' }, 'math.A*', null],
    [{ 'cs.LG': 'new' }, 'hep', null],
    [{ 'cs.LG': 'new' }, 'no category!', null],
    // An alias that the paper itself does not bear, but whose listing announced it.
    [{ 'cs.SY': 'cross' }, 'cs.SY', 'cross'],
  ])('of a paper announced as %j, in %s, is %s', (announced, category, kind) => {
    expect(kindIn(announce({ categories }, announced), category)).toBe(kind);
  });
});
