import { describe, expect, it } from 'vitest';
import type { SubscriptionChange } from '../../src/domain/subscription.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { change, outbox, planned, storeAt, subscription, target, temporaryStore } from './store-builders.ts';

const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

describe.each(databaseKinds)('SubscriptionStore on %s', (kind) => {
  it('keeps every field, and its target', async () => {
    const store = await temporaryStore(kind);
    const saved = subscription({
      query: '"graph neural network" -survey',
      categories: ['cs.LG', 'cs.*'],
      interests: 'décentralisé',
      authors: ['J. Hinton'],
      kinds: ['replace'],
      minScore: 0.25,
      maxPapers: 3,
      perDay: 2,
      style: 'digest',
      hour: 8,
      quiet: { from: 23, until: 7 },
      zone: 'Europe/Berlin',
      createdBy: 'u1',
      createdAt: 1_748_000_000_000,
    });
    await store.subscriptions.save(saved, target({ kind: 'dm', guildId: null, userId: 'u1' }));
    expect(await store.subscriptions.get('s1')).toEqual(saved);
    expect(await store.targets.get('t1')).toEqual(target({ kind: 'dm', guildId: null, userId: 'u1' }));
    expect(await store.subscriptions.get('s2')).toBeNull();
  });

  it('replaces a subscription of the same id', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription({ query: 'a' }), target());
    await store.subscriptions.save(subscription({ query: 'b', target: 't2' }), target({ id: 't2' }));
    expect(await store.subscriptions.list()).toEqual([subscription({ query: 'b', target: 't2' })]);
  });

  it('names every category once', async () => {
    const store = await temporaryStore(kind);
    expect(await store.subscriptions.categories()).toEqual([]);
    const categories = [['cs.LG', 'cs.*'], [], ['cs.LG'], ['cs.LG']];
    for (const [at, named] of categories.entries()) {
      await store.subscriptions.save(subscription({ id: `s${at}`, categories: named }), target());
    }
    expect((await store.subscriptions.categories()).toSorted()).toEqual(['cs.*', 'cs.LG']);
  });

  it('lists by creation, then id, filtered by target, guild and person', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription({ id: 'late', createdAt: 2, createdBy: 'u1' }), target());
    await store.subscriptions.save(subscription({ id: 'b', createdAt: 1 }), target());
    await store.subscriptions.save(
      subscription({ id: 'a', createdAt: 1, target: 't2' }),
      target({ id: 't2', guildId: 'g2' }),
    );
    expect(ids(await store.subscriptions.list())).toEqual(['a', 'b', 'late']);
    expect(ids(await store.subscriptions.list({ target: 't1' }))).toEqual(['b', 'late']);
    expect(ids(await store.subscriptions.list({ guildId: 'g2' }))).toEqual(['a']);
    expect(ids(await store.subscriptions.list({ createdBy: 'u1' }))).toEqual(['late']);
    expect(ids(await store.subscriptions.list({ createdBy: 'u1', guildId: 'g2' }))).toEqual([]);
  });

  it('changes what a subscription selects, and how that looks, and nothing else', async () => {
    const store = await temporaryStore(kind);
    const before = subscription({ authors: ['Hinton'], hour: 8, createdBy: 'u1', createdAt: 7, minScore: 0.5 });
    await store.subscriptions.save(before, target());
    await store.subscriptions.save(subscription({ id: 's2' }), target());
    await store.deliveries.commit(outbox([planned('t1', ['2505.00001'])]));
    const changed: SubscriptionChange = {
      query: 'a',
      categories: ['cs.*'],
      interests: 'b',
      maxPapers: 3,
      perDay: 2,
      style: 'digest',
      hour: 9,
      quiet: { from: 22, until: 7 },
      zone: 'Asia/Tokyo',
    } as const;
    expect(await store.subscriptions.change('s1', changed)).toBe(true);
    expect(await store.subscriptions.change('s1', changed)).toBe(true);
    expect(await store.subscriptions.get('s1')).toEqual({ ...before, ...changed });
    expect(await store.subscriptions.get('s2')).toEqual(subscription({ id: 's2' }));
    expect(await store.deliveries.promised('t1', ['2505.00001'])).toHaveLength(1);
    expect(await store.deliveries.counts(0)).toMatchObject({ pending: 1 });
  });

  it('takes no more of a change than it is of', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target());
    await store.subscriptions.change('s1', subscription({ id: 'other', query: 'a', target: 't2', createdBy: 'u2' }));
    expect(await store.subscriptions.list()).toEqual([subscription({ query: 'a' })]);
  });

  it('does not bring back by a change what was deleted', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target());
    await store.subscriptions.delete('s1');
    expect(await store.subscriptions.change('s1', subscription({ query: 'a' }))).toBe(false);
    expect(await store.subscriptions.list()).toEqual([]);
  });

  it('deletes once; what was promised stays promised', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target());
    await store.deliveries.commit(outbox([planned('t1', ['2505.00001'])]));
    expect(await store.subscriptions.delete('s1')).toBe(true);
    expect(await store.subscriptions.delete('s1')).toBe(false);
    expect(await store.deliveries.promised('t1', ['2505.00001'])).toHaveLength(1);
    expect(await store.deliveries.counts(0)).toMatchObject({ pending: 1 });
  });

  it('names the row whose JSON somebody broke', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await store.subscriptions.save(subscription(), target());
    await change(url, `update subscriptions set kinds_json = '["often"]'`);
    await expect(store.subscriptions.get('s1')).rejects.toMatchObject({
      code: 'database-damaged',
      message: expect.stringContaining('store: subscriptions s1 kinds_json cannot be read'),
    });
  });
});
