import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { outbox, planned, subscription, target, temporaryFile, temporaryStore } from './store-builders.ts';

const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

describe('SubscriptionStore', () => {
  it('keeps every field, and its target', async () => {
    const store = await temporaryStore();
    const saved = subscription({
      query: '"graph neural network" -survey',
      categories: ['cs.LG', 'cs.*'],
      interests: 'décentralisé',
      authors: ['J. Hinton'],
      kinds: ['replace'],
      minScore: 0.25,
      maxPapers: 3,
      style: 'digest',
      hour: 8,
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
    const store = await temporaryStore();
    await store.subscriptions.save(subscription({ query: 'a' }), target());
    await store.subscriptions.save(subscription({ query: 'b', target: 't2' }), target({ id: 't2' }));
    expect(await store.subscriptions.list()).toEqual([subscription({ query: 'b', target: 't2' })]);
  });

  it('lists by creation, then id, filtered by target, guild and person', async () => {
    const store = await temporaryStore();
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
    const store = await temporaryStore();
    const before = subscription({ authors: ['Hinton'], hour: 8, createdBy: 'u1', createdAt: 7, minScore: 0.5 });
    await store.subscriptions.save(before, target());
    await store.subscriptions.save(subscription({ id: 's2' }), target());
    await store.deliveries.commit(outbox([planned('t1', ['2505.00001'])]));
    const change = { query: 'a', categories: ['cs.*'], interests: 'b', maxPapers: 3, style: 'digest' as const };
    expect(await store.subscriptions.change('s1', change)).toBe(true);
    expect(await store.subscriptions.change('s1', change)).toBe(true);
    expect(await store.subscriptions.get('s1')).toEqual({ ...before, ...change });
    expect(await store.subscriptions.get('s2')).toEqual(subscription({ id: 's2' }));
    expect(await store.deliveries.promised('t1', ['2505.00001'])).toHaveLength(1);
    expect(await store.deliveries.counts()).toMatchObject({ pending: 1 });
  });

  it('takes no more of a change than it is of', async () => {
    const store = await temporaryStore();
    await store.subscriptions.save(subscription(), target());
    await store.subscriptions.change('s1', subscription({ id: 'other', query: 'a', target: 't2', createdBy: 'u2' }));
    expect(await store.subscriptions.list()).toEqual([subscription({ query: 'a' })]);
  });

  it('does not bring back by a change what was deleted', async () => {
    const store = await temporaryStore();
    await store.subscriptions.save(subscription(), target());
    await store.subscriptions.delete('s1');
    expect(await store.subscriptions.change('s1', subscription({ query: 'a' }))).toBe(false);
    expect(await store.subscriptions.list()).toEqual([]);
  });

  it('deletes once; what was promised stays promised', async () => {
    const store = await temporaryStore();
    await store.subscriptions.save(subscription(), target());
    await store.deliveries.commit(outbox([planned('t1', ['2505.00001'])]));
    expect(await store.subscriptions.delete('s1')).toBe(true);
    expect(await store.subscriptions.delete('s1')).toBe(false);
    expect(await store.deliveries.promised('t1', ['2505.00001'])).toHaveLength(1);
    expect(await store.deliveries.counts()).toMatchObject({ pending: 1 });
  });

  it('names the row whose JSON somebody broke', async () => {
    const path = temporaryFile();
    const store = await temporaryStore(path);
    await store.subscriptions.save(subscription(), target());
    const database = new DatabaseSync(path);
    database.exec(`update subscriptions set kinds_json = '["often"]'`);
    database.close();
    await expect(store.subscriptions.get('s1')).rejects.toMatchObject({
      code: 'database-damaged',
      message: expect.stringContaining('store: subscriptions s1 kinds_json cannot be read'),
    });
  });
});

describe('TargetStore', () => {
  it('pauses with a reason and resumes', async () => {
    const store = await temporaryStore();
    await store.subscriptions.save(subscription(), target());
    await store.targets.pause('t1', 'Paperboy may not post there.');
    expect(await store.targets.get('t1')).toMatchObject({
      state: 'paused',
      pausedReason: 'Paperboy may not post there.',
    });
    await store.targets.resume('t1');
    expect(await store.targets.get('t1')).toMatchObject({ state: 'active', pausedReason: null });
    expect(await store.targets.get('t2')).toBeNull();
  });

  it('stays paused when a subscription is saved, and learns the rest', async () => {
    const store = await temporaryStore();
    await store.subscriptions.save(subscription(), target());
    await store.targets.pause('t1', 'Gone.');
    await store.subscriptions.save(subscription(), target({ kind: 'forum', guildId: 'g2' }));
    expect(await store.targets.list()).toEqual([
      target({ kind: 'forum', guildId: 'g2', state: 'paused', pausedReason: 'Gone.' }),
    ]);
  });
});
