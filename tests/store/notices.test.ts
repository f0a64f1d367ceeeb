import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../builders/temporary-database.ts';
import { subscription, target, temporaryStore } from './store-builders.ts';

const may = Date.UTC(2025, 4, 23);

describe.each(databaseKinds)('NoticeStore on %s', (kind) => {
  it('keeps word of a pause for everybody who subscribed, until it is told', async () => {
    const { notices, subscriptions, targets } = await temporaryStore(kind);
    await subscriptions.save(subscription({ id: 'a', createdBy: 'ada' }), target());
    await subscriptions.save(subscription({ id: 'b', createdBy: 'ada' }), target());
    await subscriptions.save(subscription({ id: 'c', createdBy: 'mika' }), target());
    await subscriptions.save(subscription({ id: 'd', createdBy: null }), target());
    await targets.pause('t1', 'I may not post there.', may);
    await targets.pause('t1', 'Still not.', may + 1);
    const [notice, ...others] = await notices.untold('ada');
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      text: 'Posts to <#t1> were paused: I may not post there. Once that is mended they go on by themselves.',
      createdAt: may,
    });
    expect(await notices.untold('ada')).toHaveLength(1);
    await notices.tell([notice?.id ?? 0], may + 2);
    await notices.tell([], may + 2);
    expect(await notices.untold('ada')).toEqual([]);
    expect(await notices.untold('mika')).toHaveLength(1);
    expect(await notices.untold('nobody')).toEqual([]);
  });

  it('tells the oldest first', async () => {
    const { notices, subscriptions, targets } = await temporaryStore(kind);
    await subscriptions.save(subscription({ id: 'a', createdBy: 'ada' }), target());
    await targets.pause('t1', 'One.', may);
    await targets.close('t1', 'Two.', may + 1);
    expect((await notices.untold('ada')).map(({ createdAt }) => createdAt)).toEqual([may, may + 1]);
  });
});
