import { describe, expect, it } from 'vitest';
import { isSameWish } from '../../src/commands/same-wish.ts';
import type { Subscription } from '../../src/domain/subscription.ts';

const wish: Subscription = {
  id: 'a',
  query: 'gpu | cache',
  categories: ['cs.DC', 'cs.LG'],
  interests: 'memory',
  authors: ['Hinton', 'Li Wei'],
  kinds: ['new', 'cross'],
  minScore: 0,
  maxPapers: 25,
  perDay: null,
};

describe('isSameWish', () => {
  it.each<[string, Partial<Subscription>]>([
    ['another id and number a day', { id: 'b', maxPapers: 3 }],
    ['another spelling of the query', { query: 'gpu OR  (cache)' }],
    ['blanks around the interests', { interests: 'memory\n' }],
    ['another order', { categories: ['cs.LG', 'cs.DC'], authors: ['Li Wei', 'Hinton'], kinds: ['cross', 'new'] }],
  ])('sees the same wish in %s', (_what, change) => {
    expect(isSameWish(wish, { ...wish, ...change })).toBe(true);
  });

  it.each<[string, Partial<Subscription>]>([
    ['query', { query: 'gpu cache' }],
    ['category', { categories: ['cs.DC', 'cs.LG', 'cs.AI'] }],
    ['interest', { interests: 'memories' }],
    ['author', { authors: ['Hinton'] }],
    ['kind', { kinds: ['new'] }],
    ['score', { minScore: 0.9 }],
  ])('tells wishes apart by a %s', (_what, change) => {
    expect(isSameWish(wish, { ...wish, ...change })).toBe(false);
  });

  it('compares queries that cannot be read as they are written', () => {
    expect(isSameWish({ ...wish, query: 'a OR' }, { ...wish, query: 'a OR' })).toBe(true);
    expect(isSameWish({ ...wish, query: '' }, { ...wish, query: '' })).toBe(true);
    expect(isSameWish({ ...wish, query: '' }, wish)).toBe(false);
  });
});
