import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../builders/temporary-database.ts';
import { subscription, target, temporaryStore } from './store-builders.ts';

describe.each(databaseKinds)('NoticeStore on %s', (kind) => {
  it('tells everybody what is theirs, once and in order', async () => {
    const { targets, subscriptions, notices } = await temporaryStore(kind);
    for (const id of ['t1', 't2']) {
      await subscriptions.save(subscription({ id, target: id, createdBy: 'u1' }), target({ id }));
      await targets.pause(id, 'Closed.', 0);
    }
    expect(await notices.take('u2', 1)).toEqual([]);
    expect((await notices.take('u1', 1)).map((text) => /<#(.*)>/.exec(text)?.[1])).toEqual(['t1', 't2']);
    expect(await notices.take('u1', 2)).toEqual([]);
  });
});
