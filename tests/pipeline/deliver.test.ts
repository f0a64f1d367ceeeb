import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/delivery.ts';
import { AppError } from '../../src/lib/errors.ts';
import { deliverDue } from '../../src/pipeline/deliver.ts';
import type { Post } from '../../src/pipeline/attempt.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';
import { oneChannelOnFile } from './one-channel-on-file.ts';
import { answerFor, arrived, deliveredBy, outcomesOf, start, twoChannels } from './two-channels.ts';

const refused = new AppError('token-refused', 'discord: the token was refused');

let at: Awaited<ReturnType<typeof twoChannels>>;
beforeEach(async () => {
  at = await twoChannels();
});

describe('deliverDue', () => {
  it('sends all that is due, channel by channel in order, with papers as they are now', async () => {
    expect(await outcomesOf(at.deps())).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 4, dead: 0 });
    for (const channel of ['1001', '1002']) {
      const posts = at.sent.filter(({ delivery }) => delivery.target === channel);
      expect(posts.map(({ papers }) => papers[0]?.paper.title)).toEqual(['Gossip 1', 'Gossip 2']);
    }
    expect(await outcomesOf(at.deps())).toEqual([]);
  });

  it('goes on with other channels while one is slow, and never has two posts of a channel under way', async () => {
    const slow = Promise.withResolvers<Outcome>();
    const underWay = new Set<string>();
    const send = async (post: Post): Promise<Outcome> => {
      const { target } = post.delivery;
      expect(underWay.has(target)).toBe(false);
      underWay.add(target);
      const outcome = target === '1001' ? await slow.promise : arrived(post);
      underWay.delete(target);
      return outcome;
    };
    const order: string[] = [];
    for await (const { delivery } of deliverDue({ ...at.deps(send), parallelChannels: 2 })) {
      order.push(delivery.target);
      if (order.length === 2) slow.resolve({ kind: 'sent', messageId: 'm' });
    }
    expect(order).toEqual(['1002', '1002', '1001', '1001']);
  });

  it('has no more channels under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const send = async (post: Post) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return arrived(post);
    };
    expect(await outcomesOf({ ...at.deps(send), parallelChannels: 1 })).toHaveLength(4);
    expect(most).toBe(1);
  });

  it('tries again when the outcome says, and holds back what follows in that channel', async () => {
    const busy: Outcome = { kind: 'retry', atMs: start + 5_000, reason: 'busy' };
    expect((await outcomesOf(at.deps(answerFor('1001', busy)))).toSorted()).toEqual(['retry', 'sent', 'sent']);
    await at.clock.sleep(5_000);
    expect(await outcomesOf(at.deps())).toEqual(['sent', 'sent']);
  });

  it('leaves a paused channel alone, and goes on when it is resumed', async () => {
    await outcomesOf(at.deps(answerFor('1001', { kind: 'pause', reason: 'I may not post here.' })));
    expect(await at.store.targets.get('1001')).toMatchObject({ state: 'paused', pausedReason: 'I may not post here.' });
    expect(await outcomesOf(at.deps())).toEqual([]);
    await at.store.targets.resume('1001');
    expect(await outcomesOf(at.deps())).toEqual(['sent', 'sent']);
  });

  it('ends the subscriptions of a channel that is no more, with all that waited for it', async () => {
    const gone: Outcome = { kind: 'gone', reason: 'the channel was deleted.' };
    expect((await outcomesOf(at.deps(answerFor('1001', gone)))).toSorted()).toEqual(['gone', 'sent', 'sent']);
    expect(await at.store.subscriptions.list({ target: '1001' })).toEqual([]);
    expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 2, dead: 2 });
  });

  it('keeps what was given up, with its cause', async () => {
    await outcomesOf(at.deps(() => ({ kind: 'dead', reason: 'refused' })));
    expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 0, dead: 4 });
    expect(await at.store.deliveries.dead(1)).toMatchObject([{ reason: 'refused' }]);
  });

  it('records what was under way when another send is refused, before it throws', async () => {
    const slow = Promise.withResolvers<Outcome>();
    const send = (post: Post) => {
      if (post.delivery.target === '1002') return slow.promise;
      // The other send goes on for longer than this one takes to fail.
      setImmediate(() => slow.resolve(arrived(post)));
      return Promise.reject(refused);
    };
    const kinds: string[] = [];
    const delivering = async () => {
      for await (const { outcome } of deliverDue(at.deps(send))) kinds.push(outcome.kind);
    };
    await expect(delivering()).rejects.toThrow(refused);
    expect(kinds).toEqual(['sent']);
    expect(await at.counts()).toMatchObject({ pending: 3, sent: 1, dead: 0 });
  });

  it('finishes what is under way when its reader turns away', async () => {
    for await (const { outcome } of deliverDue(at.deps())) {
      expect(outcome.kind).toBe('sent');
      break;
    }
    expect(await at.counts()).toMatchObject({ pending: 2, sent: 2 });
    expect(await at.store.deliveries.adopt('the sender')).toBe(0);
  });

  it('gives up a post that meets a bug, and sends the others', async () => {
    const error = new Error('no such style');
    const given = at.deps((post) => {
      if (post.delivery.target === '1001') throw error;
      return arrived(post);
    });
    const reasons = (await deliveredBy(given)).flatMap(({ outcome }) =>
      outcome.kind === 'dead' ? outcome.reason : [],
    );
    expect(reasons).toEqual(['a bug: no such style', 'a bug: no such style']);
    expect(await at.counts()).toMatchObject({ pending: 0, sent: 2, dead: 2 });
    expect(at.logged).toMatchObject([{ fields: { err: error } }, { fields: { err: error } }]);
  });

  it('gives up a post whose paper is not in the store', async () => {
    await at.queue('1001', [{ paper: 'unknown', subscriptions: ['a'] }]);
    expect((await outcomesOf(at.deps())).toSorted()).toEqual(['dead', 'sent', 'sent', 'sent', 'sent']);
    expect(at.logged).toMatchObject([{ message: expect.stringMatching(/met a bug/) }]);
  });

  it('gives up a post whose paper is damaged in the store, and goes on in that channel', async () => {
    const file = await oneChannelOnFile();
    await file.store.papers.saveListing(aListing([anEntry({ id: '2505.00002' })]));
    await file.queue('1003', [{ paper: '2505.00002', subscriptions: ['c'] }], start + 1);
    const other = new DatabaseSync(file.path);
    other.exec("update papers set authors_json = '[' where id = '2505.00001'");
    other.close();
    await file.clock.sleep(1);
    expect((await deliveredBy(file.deps())).map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'dead', reason: expect.stringMatching(/^store: papers 2505.00001 authors_json cannot be read/) },
      { kind: 'sent' },
    ]);
  });

  it('sends nothing that nobody wants any more, and keeps the promise', async () => {
    await at.store.subscriptions.delete('a');
    const found = await deliveredBy(at.deps());
    const reasons = found.flatMap(({ outcome }) => (outcome.kind === 'dead' ? outcome.reason : []));
    expect(reasons).toEqual(['nobody wants it any more', 'nobody wants it any more']);
    expect(at.sent.map(({ delivery }) => delivery.target)).toEqual(['1002', '1002']);
    expect(await at.store.deliveries.promised('1001', ['2505.00001', '2505.00002'])).toHaveLength(2);
  });

  it('leaves papers out of a digest that nobody there wants any more', async () => {
    await at.store.subscriptions.save(aSubscription({ id: 'c', target: '1003' }), aTarget({ id: '1003' }));
    await at.queue('1003', [
      // Of another channel, which wants it still.
      { paper: '2505.00001', subscriptions: ['b', 'gone'] },
      { paper: '2505.00002', subscriptions: ['gone', 'c'] },
    ]);
    await outcomesOf(at.deps());
    const posts = at.sent.filter(({ delivery }) => delivery.target === '1003');
    expect(posts.map(({ papers }) => papers.map(({ paper }) => paper.id))).toEqual([['2505.00002']]);
  });

  it('says of a post since when it is late, from an hour on', async () => {
    await at.clock.sleep(3_600_000 - 1);
    const atMs = start + 3_600_000;
    await outcomesOf(at.deps(answerFor('1001', { kind: 'retry', atMs, reason: 'busy' })));
    expect(new Set(at.sent.map(({ lateSince }) => lateSince))).toEqual(new Set([null]));
    at.sent.length = 0;
    await at.clock.sleep(1);
    await outcomesOf(at.deps());
    expect(at.sent.map(({ lateSince }) => lateSince)).toEqual([start, start]);
  });

  it('keeps quiet in quiet hours, and sends when they end', async () => {
    // 00:05 UTC is 20:05 of the evening before in New York.
    const quiet = { from: 20, until: 7 };
    await at.store.subscriptions.save(aSubscription({ id: 'a', target: '1001', quiet }), aTarget({ id: '1001' }));
    const untilMs = Date.parse('2025-05-23T11:00:00Z');
    const found = await deliveredBy(at.deps());
    expect(found.filter(({ delivery }) => delivery.target === '1001').map(({ outcome }) => outcome)).toEqual([
      { kind: 'wait', untilMs },
      { kind: 'wait', untilMs },
    ]);
    expect(at.sent.map(({ delivery }) => delivery.target)).toEqual(['1002', '1002']);
    await at.clock.sleep(untilMs - start - 1);
    expect(await outcomesOf(at.deps())).toEqual([]);
    await at.clock.sleep(1);
    expect(await outcomesOf(at.deps())).toEqual(['sent', 'sent']);
    // It was never to come earlier: that is not late.
    expect(at.sent.map(({ lateSince }) => lateSince)).toEqual([null, null, null, null]);
  });

  it('stops before the next round when it is told to', async () => {
    expect(await deliveredBy(at.deps(), AbortSignal.abort())).toEqual([]);
  });

  it('finishes what is under way when it is told to stop, and takes up nothing more', async () => {
    const stopping = new AbortController();
    const send = (post: Post) => {
      stopping.abort();
      return arrived(post);
    };
    expect(await deliveredBy(at.deps(send), stopping.signal)).toHaveLength(2);
    expect(await at.counts()).toMatchObject({ pending: 2, sent: 2 });
  });

  it('takes up nothing more while Discord had better not be asked', async () => {
    let isBlocked = false;
    const given = at.deps((post) => {
      isBlocked = true;
      return arrived(post);
    });
    expect(await outcomesOf({ ...given, isBlocked: () => isBlocked })).toEqual(['sent', 'sent']);
    expect(await outcomesOf({ ...given, isBlocked: () => isBlocked })).toEqual([]);
    isBlocked = false;
    expect(await outcomesOf(at.deps())).toEqual(['sent', 'sent']);
  });
});
