import { describe, expect, it } from 'vitest';
import { subscription, target, temporaryStore } from './store-builders.ts';

describe('TargetStore.dmOf', () => {
  it('finds the direct messages with a person, also after their last alert', async () => {
    const { subscriptions, targets } = await temporaryStore();
    const dm = target({ id: 'd1', kind: 'dm', guildId: null, userId: 'ada' });
    await subscriptions.save(subscription({ target: 'd1', createdBy: 'ada' }), dm);
    await subscriptions.delete('s1');
    expect(await targets.dmOf('ada')).toEqual(dm);
    expect(await targets.dmOf('mika')).toBeNull();
  });
});

describe('TargetStore.close', () => {
  it('ends the subscriptions of a target, and of no other', async () => {
    const { notices, subscriptions, targets } = await temporaryStore();
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
    const { subscriptions, targets } = await temporaryStore();
    await subscriptions.save(subscription(), target());
    await targets.close('t1', 'gone', 5);
    await subscriptions.save(subscription(), target());
    await targets.resume('t1');
    expect(await targets.get('t1')).toEqual(target());
  });
});

describe('TargetStore.setKind', () => {
  it('changes those there are', async () => {
    const { subscriptions, targets } = await temporaryStore();
    await subscriptions.save(subscription(), target());
    await targets.setKind(['t1', 'unknown'], 'announcement');
    await targets.setKind([], 'forum');
    expect(await targets.list()).toEqual([target({ kind: 'announcement' })]);
  });
});

describe('SubscriptionStore.change', () => {
  it('changes when papers come', async () => {
    const { subscriptions } = await temporaryStore();
    const before = subscription();
    await subscriptions.save(before, target());
    const after = { ...before, hour: 9, quiet: { from: 22, until: 7 }, zone: 'Asia/Tokyo' };
    expect(await subscriptions.change('s1', after)).toBe(true);
    expect(await subscriptions.get('s1')).toEqual(after);
  });
});
