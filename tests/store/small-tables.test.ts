import { describe, expect, it } from 'vitest';
import type { SearchRequest } from '../../src/domain/search.ts';
import { databaseKinds } from '../builders/temporary-database.ts';
import { temporaryStore } from './store-builders.ts';

const day = 24 * 60 * 60 * 1000;

describe.each(databaseKinds)('QueryStore on %s', (kind) => {
  const request: SearchRequest = { query: 'federated', category: 'cs.LG', sort: 'date', limit: 5, offset: 10 };

  it('remembers a request under a short id, the same for the same request', async () => {
    const { queries } = await temporaryStore(kind);
    const id = await queries.remember(request, 1);
    expect(id).toMatch(/^[\w-]{16}$/);
    expect(await queries.get(id)).toEqual(request);
    expect(
      await queries.remember({ offset: 10, limit: 5, sort: 'date', category: 'cs.LG', query: 'federated' }, 2),
    ).toBe(id);
    expect(await queries.remember({ query: 'federated' }, 3)).not.toBe(id);
    expect(await queries.get('unknown')).toBeNull();
  });

  it('forgets what nobody used for 90 days', async () => {
    const { queries } = await temporaryStore(kind);
    const used = await queries.remember(request, 0);
    const unused = await queries.remember({ query: 'once' }, 0);
    await queries.remember(request, 60 * day);
    await queries.remember({ query: 'later' }, 91 * day);
    expect(await queries.get(used)).toEqual(request);
    expect(await queries.get(unused)).toBeNull();
  });
});

describe.each(databaseKinds)('SettingStore on %s', (kind) => {
  it('keeps the last value of a key', async () => {
    const { settings } = await temporaryStore(kind);
    expect(await settings.get('a')).toBeNull();
    await settings.set('a', '1');
    await settings.set('a', '2');
    expect(await settings.get('a')).toBe('2');
  });
});
