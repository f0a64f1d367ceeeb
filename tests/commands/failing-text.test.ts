import { describe, expect, it } from 'vitest';
import { failingText } from '../../src/commands/failing-text.ts';
import type { AnnouncementKind } from '../../src/domain/paper.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { explainMatch } from '../../src/match/explain.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { aSubscription } from '../builders/domain.ts';
import { announce, compiled, noFrequencies } from '../match/build.ts';

const told = {
  title: 'Federated learning at the edge',
  abstract: 'We survey how clients train together.',
  authors: ['Jane Hinton'],
  categories: ['cs.DC', 'cs.NI'],
};

function reasons(wants: Partial<Subscription>, announced: Record<string, AnnouncementKind> = { 'cs.DC': 'new' }) {
  const subscription = aSubscription({ id: 's1', ...wants });
  const one = compiled(subscription);
  const matcher = createMatcher([one], noFrequencies);
  return failingText(explainMatch(one, announce(told, announced), matcher), subscription);
}

describe('failingText', () => {
  it.each<[Partial<Subscription>, string]>([
    [{ query: 'privacy' }, '`privacy` is in neither title nor abstract'],
    [{ query: 'title:clients' }, '`clients` is not in the title'],
    [{ query: 'author:nobody' }, '`nobody` is not among the authors'],
    [{ query: 'cat:cs.LG' }, '`cs.LG` is not among its categories'],
    [
      { query: 'federated privacy security' },
      'the query wants `federated` AND `privacy` AND `security`; `privacy` and `security` are in neither title nor abstract',
    ],
    [{ query: 'privacy OR security' }, 'neither `privacy` nor `security` is in title or abstract'],
    [{ query: 'privacy OR author:nobody OR security' }, 'it has none of `privacy`, `author:nobody` or `security`'],
    [{ query: 'federated -survey' }, 'the query wants `federated`; `-survey` excludes it: `survey` is in the abstract'],
    [{ query: 'federated -(survey clients)' }, 'the query wants `federated`; `-(survey clients)` excludes it'],
    [{ categories: ['cs.LG', 'math.*'] }, 'it is not in cs.LG or math.*'],
    [
      { categories: ['cs.NI'], kinds: ['new'] },
      'it was cross-listed in cs.NI that day, and this subscription takes new papers',
    ],
    [{ kinds: ['replace'] }, 'it was new in cs.DC that day, and this subscription takes replaced papers'],
    [{ authors: ['Nobody'] }, '`Nobody` is not among the authors'],
    [{ authors: ['Nobody', 'Noone'] }, 'nobody of `Nobody` or `Noone` is among the authors'],
    [{ interests: 'protein folding' }, 'it is too far from what interests this subscription, `protein folding`'],
  ])('says of %j: %s', (wants, expected) => {
    expect(reasons(wants)).toEqual([expected]);
  });

  it('names every condition that fails', () => {
    expect(reasons({ query: 'privacy', authors: ['Nobody'], categories: ['cs.LG'] })).toHaveLength(3);
  });

  it('says nothing of what matches', () => {
    expect(reasons({ query: 'federated' })).toEqual([]);
  });
});
