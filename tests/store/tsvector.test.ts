import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { toTsquery, toTsvector } from '../../src/store/tsvector.ts';
import { entry, listing, temporaryStore } from './store-builders.ts';

async function counts({ papers }: Store, ...queries: readonly string[]): Promise<number[]> {
  const found = await Promise.all(queries.map((query) => papers.search({ query })));
  return found.map((page) => (page.ok ? page.value.total.value : -1));
}

describe('toTsvector', () => {
  it('gives each word its places', () => {
    expect(toTsvector('to be or not to be')).toBe(`'to':1,5 'be':2,6 'or':3 'not':4`);
    expect(toTsvector('')).toBe('');
  });

  it('lets no word leave its quotes', () => {
    expect(toTsvector(`it's \\ '`)).toBe(`'it''s':1 '\\\\':2 '''':3`);
    expect(toTsquery({ words: [`it's`, '\\'], isPrefix: true })).toBe(`'it''s' <-> '\\\\':*`);
  });

  it('makes of any text what PostgreSQL takes', async () => {
    const store = await temporaryStore('postgres');
    const many = Array.from({ length: 20_000 }, (_, index) => `w${index}`).join(' ');
    const long = 'ä'.repeat(5_000);
    await store.papers.saveListing(
      listing([
        entry({ id: '1', title: 'Again '.repeat(2_000), abstract: many }),
        entry({ id: '2', title: long, abstract: `${long}b and ${'𝕏'.repeat(3_000)}` }),
        entry({
          id: '3',
          abstract: Array.from({ length: 900 }, (_, index) => `${index}${'x'.repeat(1_900)}`).join(' '),
        }),
      ]),
    );
    expect(await counts(store, 'again', '"again again"', 'w16000', '"w7 w8 w9"', 'äää*')).toEqual([1, 1, 1, 1, 1]);
    expect(await counts(store, long.slice(0, 4_000))).toHaveLength(1);
  });
});
