import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/domain/listing.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { SearchPage, SearchRequest } from '../../src/domain/search.ts';
import type { DatabaseKind } from '../../src/store/dialect.ts';
import { databaseKinds } from '../builders/temporary-database.ts';
import { entry, listing, temporaryStore } from './store-builders.ts';

async function storeOf(kind: DatabaseKind, ...entries: readonly Entry[]): Promise<Store> {
  const store = await temporaryStore(kind);
  await store.papers.saveListing(listing(entries));
  return store;
}

async function page(store: Store, request: SearchRequest | string): Promise<SearchPage> {
  const result = await store.papers.search(typeof request === 'string' ? { query: request } : request);
  if (!result.ok) throw new Error(`${result.error.column}: ${result.error.message}`);
  return result.value;
}

async function found(store: Store, request: SearchRequest | string): Promise<string[]> {
  return (await page(store, request)).hits.map(({ paper }) => paper.id);
}

describe.each(databaseKinds)('PaperStore.search on %s', (kind) => {
  it('finds stems, phrases, prefixes, unstemmed acronyms and other fields', async () => {
    const store = await storeOf(
      kind,
      entry({ id: '1', title: 'Serving molecules with large language models', authors: ['Jane A. Hinton'] }),
      entry({
        id: '2',
        title: 'Gan',
        abstract: 'A language for large models. GANs!',
        authors: ['Peter Hinton', 'Jane Doe'],
      }),
      entry({ id: '3', title: 'Low-density codes of Grüning', comments: '9 pages', categories: ['math.IT', 'cs.IT'] }),
    );
    expect(await found(store, 'model')).toEqual(['1', '2']);
    expect(await found(store, '"large language model"')).toEqual(['1']);
    expect(await found(store, 'molec*')).toEqual(['1']);
    expect(await found(store, 'GANs')).toEqual(['2']);
    expect(await found(store, 'low-density gruning')).toEqual(['3']);
    expect(await found(store, 'title:language')).toEqual(['1']);
    expect(await found(store, 'comments:page')).toEqual(['3']);
    expect(await found(store, 'author:"j hinton"')).toEqual(['1']);
    expect(await found(store, 'author:hinton')).toEqual(['1', '2']);
    expect(await found(store, 'cat:math')).toEqual(['3']);
    expect(await found(store, 'cat:cs.*')).toEqual(['1', '2', '3']);
    expect(await found(store, 'cat:cs.i*')).toEqual(['3']);
    expect(await found(store, 'model -"large language"')).toEqual(['2']);
  });

  it('finds papers by identifier, old and new', async () => {
    const store = await storeOf(kind, entry({ id: '2505.15988' }), entry({ id: 'math/0309136' }));
    expect(await found(store, 'id:math/0309136')).toEqual(['math/0309136']);
    expect(await found(store, 'id:2505.15988v2')).toEqual(['2505.15988']);
    expect(await found(store, 'id:2505.*')).toEqual(['2505.15988']);
  });

  it('counts titles twice', async () => {
    const filler = Array.from({ length: 8 }, (_, index) => entry({ id: `x${index}`, title: 'On other matters' }));
    const store = await storeOf(
      kind,
      entry({ id: '1', title: 'On scheduling', abstract: 'A consensus.' }),
      entry({ id: '2', title: 'A consensus', abstract: 'On scheduling.' }),
      entry({ id: '3', title: 'On waiting', abstract: 'Consensus in time.' }),
      ...filler,
    );
    expect(await found(store, { query: 'consensus', rank: 'bm25' })).toEqual(['2', '1', '3']);
  });

  it('counts rare words more', async () => {
    const common = Array.from({ length: 9 }, (_, index) => entry({ id: `x${index}`, title: 'On consensus' }));
    const store = await storeOf(kind, ...common, entry({ id: '1', title: 'On waiting' }));
    expect((await found(store, { query: 'consensus OR waiting', rank: 'bm25' }))[0]).toBe('1');
  });

  it('prefers recent papers mildly, unless asked for plain BM25', async () => {
    const store = await storeOf(kind);
    const same = { title: 'Consensus', abstract: 'We agree.' };
    await store.papers.saveListing(listing([entry({ id: '1', ...same })], { date: '2024-05-23' }));
    await store.papers.saveListing(listing([entry({ id: '2', ...same })], { date: '2025-05-23' }));
    await store.papers.saveListing(listing([entry({ id: '3', title: 'Rest' }), entry({ id: '4', title: 'Sleep' })]));
    expect(await found(store, 'consensus')).toEqual(['2', '1']);
    expect(await found(store, { query: 'consensus', rank: 'bm25' })).toEqual(['1', '2']);
    expect(await found(store, 'cat:cs.DC')).toEqual(['2', '3', '4', '1']);
  });

  it('sorts by date, newest first, then by id', async () => {
    const store = await storeOf(kind);
    await store.papers.saveListing(listing([entry({ id: '1', title: 'Raft raft' })], { date: '2025-05-21' }));
    await store.papers.saveListing(listing([entry({ id: '3', title: 'Raft' }), entry({ id: '2', title: 'A raft' })]));
    expect(await found(store, { query: 'raft', sort: 'date' })).toEqual(['2', '3', '1']);
  });

  it('filters by category, author and the day of the first announcement', async () => {
    const store = await storeOf(kind);
    const old = entry({ id: '1', authors: ['Ada Lovelace'], categories: ['cs.LG'] });
    await store.papers.saveListing(listing([old], { date: '2025-05-21' }));
    await store.papers.saveListing(listing([{ ...old, kind: 'replace' }, entry({ id: '2' })], { date: '2025-05-23' }));
    const query = 'services';
    expect(await found(store, { query, category: 'cs.LG' })).toEqual(['1']);
    expect(await found(store, { query, category: 'cs' })).toEqual(['2', '1']);
    expect(await found(store, { query, author: 'A. Lovelace' })).toEqual(['1']);
    expect(await found(store, { query, since: '2025-05-22' })).toEqual(['2']);
    expect(await found(store, { query, until: '2025-05-21' })).toEqual(['1']);
    expect(await found(store, { query, since: '2025-05-21', until: '2025-05-23', sort: 'date' })).toEqual(['2', '1']);
  });

  it('pages without gaps or repetitions', async () => {
    const entries = Array.from({ length: 25 }, (_, index) => entry({ id: `2505.${10_000 + index}` }));
    const store = await storeOf(kind, ...entries);
    for (const query of ['services', '"LLM services" OR services']) {
      const pages = [0, 10, 20, 30].map((offset) => page(store, { query, offset }));
      const all = await Promise.all(pages);
      expect(all.flatMap(({ hits }) => hits.map(({ paper }) => paper.id))).toEqual(entries.map(({ id }) => id));
      expect(all.map(({ total }) => total)).toEqual(all.map(() => ({ value: 25, exact: true })));
    }
    expect(await found(store, { query: 'services', limit: 100 })).toHaveLength(25);
    expect(await found(store, { query: 'services', limit: 0 })).toHaveLength(1);
  });

  it('counts exactly', async () => {
    const store = await storeOf(
      kind,
      ...Array.from({ length: 10_001 }, (_, index) => entry({ id: `${index}`, title: 'Raft' })),
    );
    expect((await page(store, 'raft')).total).toEqual({ value: 10_001, exact: true });
    expect((await page(store, 'raft -id:7*')).total).toEqual({ value: 8_890, exact: true });
  });

  it('marks what was found, in the text as stored', async () => {
    const title = 'Über-large $n$-gram models';
    const abstract = 'Models, large and small.\n\nLarge models.';
    const store = await storeOf(kind, entry({ title, abstract }));
    const { hits } = await page(store, '"large model" OR title:uber OR cat:cs.DC -survey');
    const marked = hits[0]?.highlights.map(({ field, start, end }) => {
      return `${field}: ${(field === 'title' ? title : abstract).slice(start, end)}`;
    });
    expect(marked).toEqual(['title: Über', 'abstract: Large models']);
  });

  it('suggests what was probably meant, spelled as the archive has it', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      entry({ id: `x${index}`, title: 'Federated learning of transformers', abstract: index === 0 ? 'On gossip' : '' }),
    );
    const store = await storeOf(kind, ...many, entry({ id: 'y', title: 'A transfromer' }));
    const suggested = async (query: string) => (await page(store, query)).suggestion;
    expect(await suggested('fedarated')).toBe('federated');
    expect(await suggested('title:Fedarated  OR "Learnign of" -Gossip')).toBe(
      'title:federated  OR "learning of" -Gossip',
    );
    expect(await suggested('federated')).toBeNull();
    // A word that somebody wrote so, and that finds nothing here.
    expect(await suggested('federated transfromer')).toBe('federated transformers');
    expect(await suggested('transfromer')).toBeNull();
    // Nothing is near, or what is near would find nothing either.
    expect(await suggested('bioluminescence')).toBeNull();
    expect(await suggested('fedarated -learning')).toBeNull();
    expect(await suggested('fedar*')).toBeNull();
    expect((await page(store, { query: 'fedarated', category: 'cs.LG' })).suggestion).toBeNull();
  });

  it('finds what has changed as it is now, and no more as it was', async () => {
    const store = await storeOf(kind, entry({ id: '1', title: 'Gossip' }), entry({ id: '2', title: 'Gossip again' }));
    for (const title of ['Rumours', 'Whispers', 'Gossip at last']) {
      await store.papers.saveListing(listing([entry({ id: '1', title, kind: 'replace' })], { date: '2025-05-26' }));
    }
    expect(await found(store, 'rumours OR whispers')).toEqual([]);
    expect(await found(store, 'gossip')).toEqual(['2', '1']);
    expect(await found(store, 'gossip -again')).toEqual(['1']);
    expect(await found(store, 'cat:cs.DC OR rumours')).toHaveLength(2);
  });

  it('gives the error of a query or filter that cannot be read', async () => {
    const store = await storeOf(kind);
    expect(await store.papers.search({ query: '"open' })).toMatchObject({ ok: false, error: { column: 1 } });
    expect(await store.papers.search({ query: '' })).toMatchObject({ ok: false });
    expect(await store.papers.search({ query: 'a', category: '???' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('expected a category such as cs.LG') },
    });
    expect(await store.papers.search({ query: 'a', author: '-' })).toMatchObject({ ok: false });
  });

  it('answers whatever is typed, without ever reaching the syntax of the index', async () => {
    const store = await storeOf(kind, entry({ title: 'Near and not' }));
    const typed = [
      'NEAR(a b)',
      "'; drop table papers; --",
      'a AND b NOT c',
      'services ^near',
      '{title_stems} : x',
      'near + not',
      '"a""b"',
      'ｎｅａｒ',
      'a\u0000b',
      'x'.repeat(5_000),
      Array.from({ length: 400 }, (_, index) => `w${index}`).join(' OR '),
      `${'('.repeat(49)}near${')'.repeat(49)}`,
      nested(24),
    ];
    for (const query of typed) expect(await store.papers.search({ query })).toHaveProperty('ok');
    expect(await found(store, nested(24))).toHaveLength(1);
  });
});

describe.each(databaseKinds)('PaperStore.similar on %s', (kind) => {
  it('finds papers with the same rare words, nearest first, and not the paper itself', async () => {
    const filler = Array.from({ length: 9 }, (_, index) => entry({ id: `z${index}`, title: 'The waiting of others' }));
    const store = await storeOf(
      kind,
      entry({ id: 'a', title: 'Gossip among sensors', abstract: 'The sensors whisper.' }),
      entry({ id: 'b', title: 'Gossip of the court', abstract: 'On waiting.' }),
      entry({ id: 'c', title: 'Whispering sensors', abstract: 'The gossip of many.' }),
      ...filler,
    );
    const similar = async (id: string, limit: number) =>
      (await store.papers.similar(id, limit)).map(({ paper }) => paper.id);
    expect(await similar('a', 2)).toEqual(['c', 'b']);
    expect(await similar('a', 1)).toEqual(['c']);
    expect(await similar('unknown', 5)).toEqual([]);
    const alone = await storeOf(kind, entry({ id: 'a', title: 'Alone' }));
    expect(await alone.papers.similar('a', 5)).toEqual([]);
  });
});

/** A query of `depth` levels that the title "Near and not" matches. */
function nested(depth: number): string {
  return depth === 0 ? 'near' : `(x${depth} OR (near -(y${depth} z)  ${nested(depth - 1)}))`;
}
