import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { hourMs, rowsOf, storeAt, subscription, target, temporaryStore, withTargets } from './store-builders.ts';

describe.each(databaseKinds)('TargetStore on %s', (kind) => {
  it('pauses with a reason and resumes', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target());
    await store.targets.pause('t1', 'Paperboy may not post there.', 0);
    expect(await store.targets.get('t1')).toMatchObject({
      state: 'paused',
      pausedReason: 'Paperboy may not post there.',
    });
    await store.targets.resume('t1');
    expect(await store.targets.get('t1')).toMatchObject({ state: 'active', pausedReason: null });
    expect(await store.targets.get('t2')).toBeNull();
  });

  it('stays paused when a subscription is saved, and learns the rest', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target());
    await store.targets.pause('t1', 'Gone.', 0);
    await store.subscriptions.save(subscription(), target({ kind: 'forum', guildId: 'g2' }));
    expect(await store.targets.list()).toEqual([
      target({ kind: 'forum', guildId: 'g2', state: 'paused', pausedReason: 'Gone.' }),
    ]);
  });

  it('tells a person that their own alerts are paused', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(
      subscription({ createdBy: 'u1' }),
      target({ kind: 'dm', guildId: null, userId: 'u1' }),
    );
    await store.targets.pause('t1', 'You have closed your messages.', 0);
    expect((await store.notices.untold('u1')).map(({ text }) => text)).toEqual([
      'Your alerts were paused: You have closed your messages. Once that is mended they go on by themselves.',
    ]);
  });

  it('is tried again after ever longer waits', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await withTargets(store, 't1');
    const waits: unknown[] = [];
    for (let pause = 0; pause < 5; pause++) {
      await store.targets.pause('t1', 'Closed.', 1_000);
      waits.push(...(await rowsOf(url, 'probe_at', "id = 't1'", 'targets')));
    }
    const minutes = [10, 60, 360, 1440, 1440];
    expect(waits).toEqual(minutes.map((wait) => ({ probe_at: 1_000 + wait * 60_000 })));
  });

  it('is tried again at once where its server has changed', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await store.subscriptions.save(subscription(), target({ guildId: 'g1' }));
    await store.subscriptions.save(subscription({ id: 's2', target: 't2' }), target({ id: 't2', guildId: 'g2' }));
    await store.subscriptions.save(subscription({ id: 's3', target: 't3' }), target({ id: 't3', guildId: 'g1' }));
    await store.targets.pause('t1', 'Closed.', 0);
    await store.targets.pause('t2', 'Closed.', 0);
    expect(await store.targets.probe('g1', 5)).toBe(1);
    expect(await store.targets.probe('g1', 6)).toBe(0);
    expect(await rowsOf(url, 'id, probe_at', 'probe_at < 10', 'targets')).toEqual([{ id: 't1', probe_at: 5 }]);
    expect(await store.targets.probe('g1', hourMs)).toBe(0);
  });

  it('is what Discord says it is', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    await store.targets.setKind(['t1'], 'announcement');
    expect((await store.targets.list()).map((each) => each.kind)).toEqual(['announcement', 'channel']);
  });
});

describe.each(databaseKinds)('TargetStore.dmOf on %s', (kind) => {
  it('finds the direct messages with a person, also after their last alert', async () => {
    const { subscriptions, targets } = await temporaryStore(kind);
    const dm = target({ id: 'd1', kind: 'dm', guildId: null, userId: 'ada' });
    await subscriptions.save(subscription({ target: 'd1', createdBy: 'ada' }), dm);
    await subscriptions.delete('s1');
    expect(await targets.dmOf('ada')).toEqual(dm);
    expect(await targets.dmOf('mika')).toBeNull();
  });
});

describe.each(databaseKinds)('TargetStore.close on %s', (kind) => {
  it('ends the subscriptions of a target, and of no other', async () => {
    const { notices, subscriptions, targets } = await temporaryStore(kind);
    await subscriptions.save(subscription({ id: 'a', createdBy: 'ada' }), target());
    await subscriptions.save(subscription({ id: 'b', target: 't2' }), target({ id: 't2' }));
    await targets.close('t1', '#papers was deleted.', 5);
    expect((await subscriptions.list()).map(({ id }) => id)).toEqual(['b']);
    expect(await targets.get('t1')).toMatchObject({ state: 'paused', pausedReason: '#papers was deleted.' });
    expect(await notices.untold('ada')).toMatchObject([
      { text: 'The subscriptions of a channel (id t1) have ended: #papers was deleted.' },
    ]);
    expect(await targets.probe('g1', 6)).toBe(0);
  });

  it('opens again with the next subscription that resumes it', async () => {
    const { subscriptions, targets } = await temporaryStore(kind);
    await subscriptions.save(subscription(), target());
    await targets.close('t1', 'gone', 5);
    await subscriptions.save(subscription(), target());
    await targets.resume('t1');
    expect(await targets.get('t1')).toEqual(target());
  });
});

describe.each(databaseKinds)('TargetStore.setKind on %s', (kind) => {
  it('changes those there are', async () => {
    const { subscriptions, targets } = await temporaryStore(kind);
    await subscriptions.save(subscription(), target());
    await targets.setKind(['t1', 'unknown'], 'announcement');
    await targets.setKind([], 'forum');
    expect(await targets.list()).toEqual([target({ kind: 'announcement' })]);
  });
});
