import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSearchThread } from '../../src/store/search-thread.ts';
import { databaseKinds, temporaryDatabase, temporaryFolder } from '../builders/temporary-database.ts';
import { entry, listing, storeAt } from './store-builders.ts';

function threadOn(url: string, options?: { longestMs: number }) {
  const thread = createSearchThread({ url, busyTimeoutMs: 5_000 }, options);
  onTestFinished(() => thread.close());
  return thread;
}

describe.each(databaseKinds)('createSearchThread on %s', (kind) => {
  it('answers as a search on the connection itself does, and sees what was saved since', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    const thread = threadOn(url);
    await store.papers.saveListing(listing([entry({ id: '1', title: 'Gossip' })]));
    expect(await thread.search({ query: 'gossip' })).toEqual(await store.papers.search({ query: 'gossip' }));
    await store.papers.saveListing(listing([entry({ id: '2', title: 'More gossip' })]));
    const found = await thread.search({ query: 'gossip' });
    expect(found).toMatchObject({ value: { total: { value: 2, exact: true } } });
    expect(found).toEqual(await store.papers.search({ query: 'gossip' }));
    expect(await thread.similar('1', 5)).toEqual(await store.papers.similar('1', 5));
    expect(await thread.search({ query: '"open' })).toMatchObject({ ok: false, error: { column: 1 } });
  });
});

describe('createSearchThread', () => {
  it('lets the event loop turn while it searches', async () => {
    const url = await temporaryDatabase('sqlite');
    await storeAt(url);
    let isAnswered = false;
    let turns = 0;
    const searching = threadOn(url).search({ query: 'gossip' });
    void searching.finally(() => (isAnswered = true));
    while (!isAnswered) {
      await setImmediate();
      turns += 1;
    }
    expect(await searching).toMatchObject({ ok: true });
    expect(turns).toBeGreaterThan(1);
  });

  it('stops a search that takes too long, with a sentence, and goes on with the next', async () => {
    const url = await temporaryDatabase('sqlite');
    await storeAt(url);
    const hurried = threadOn(url, { longestMs: 0 });
    const ended = { code: 'search-ended', message: expect.stringMatching(/took longer than 0 seconds .*fewer words/) };
    await expect(hurried.search({ query: 'gossip' })).rejects.toMatchObject(ended);
    await expect(hurried.search({ query: 'gossip' })).rejects.toMatchObject(ended);
  });

  it('says that it ended to whoever waits, and begins anew with the next search', async () => {
    const url = await temporaryDatabase('sqlite');
    await storeAt(url);
    const thread = threadOn(url);
    const cut = thread.search({ query: 'gossip' });
    await Promise.all([thread.close(), expect(cut).rejects.toMatchObject({ code: 'search-ended' })]);
    expect(await thread.search({ query: 'gossip' })).toMatchObject({ ok: true });
  });

  it('throws what the database is at fault for', async () => {
    const thread = threadOn('sqlite:/proc/paperboy/none.db');
    await expect(thread.search({ query: 'gossip' })).rejects.toMatchObject({ code: 'database-unavailable' });
  });

  it('searches again once the database can be opened', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'paperboy.db');
    // A folder in the place of the file cannot be opened.
    mkdirSync(path);
    const thread = threadOn(`sqlite:${path}`);
    await expect(thread.search({ query: 'gossip' })).rejects.toMatchObject({ code: 'database-unavailable' });
    rmSync(path, { recursive: true });
    await storeAt(`sqlite:${path}`);
    expect(await thread.search({ query: 'gossip' })).toMatchObject({ ok: true });
  });
});
