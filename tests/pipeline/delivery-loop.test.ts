import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outcome } from '../../src/domain/delivery.ts';
import { AppError } from '../../src/lib/errors.ts';
import { runDeliveryLoop } from '../../src/pipeline/delivery-loop.ts';
import type { DeliverDeps } from '../../src/pipeline/deliver.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { oneChannelOnFile } from './one-channel-on-file.ts';
import { arrived, deliveredBy, outcomesOf, start, twoChannels } from './two-channels.ts';

/** Runs the loop for some rests; `before` each rest something may happen. */
async function loop(given: DeliverDeps, rests: number, before: (rest: number) => void = () => {}): Promise<void> {
  const stopping = new AbortController();
  let rest = 0;
  const sleep: DeliverDeps['clock']['sleep'] = async (durationMs) => {
    rest += 1;
    before(rest);
    await given.clock.sleep(durationMs);
    if (rest === rests) stopping.abort();
  };
  await runDeliveryLoop({ ...given, clock: { ...given.clock, sleep } }, stopping.signal);
}

/** Another connection to the database of a sender. */
function beside(path: string): DatabaseSync {
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  return other;
}

describe('runDeliveryLoop', () => {
  it('delivers what falls due while it runs', async () => {
    const at = await twoChannels();
    await at.store.subscriptions.save(aSubscription({ id: 'c', target: '1003' }), aTarget({ id: '1003' }));
    await at.queue('1003', [{ paper: '2505.00001', subscriptions: ['c'] }], start + 2_000);
    await loop(at.deps(), 3);
    expect(at.sent.map(({ delivery }) => delivery.target).at(-1)).toBe('1003');
    expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 5, dead: 0 });
  });

  it('goes on where the clock is set back by an hour, or forward, in the middle of it', async () => {
    for (const byMs of [-3_600_000, 3_600_000]) {
      const at = await twoChannels();
      const busy = (): Outcome => ({ kind: 'retry', atMs: at.clock.now() + 2_000, reason: 'busy' });
      await loop(
        at.deps((post) => (at.sent.length <= 2 ? busy() : arrived(post))),
        5,
        (rest) => {
          if (rest === 1) at.clock.set(byMs);
        },
      );
      // What is not due yet by the clock that was set back comes when it is.
      if (byMs < 0) await at.clock.sleep(-byMs);
      await loop(at.deps(), 2);
      expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 4, dead: 0 });
    }
  });

  it('says that the database is locked, and goes on once it is not', async () => {
    const at = await oneChannelOnFile();
    const other = beside(at.path);
    other.exec('begin immediate');
    await loop(at.deps(), 3, (rest) => {
      if (rest === 1) other.exec('rollback');
    });
    expect(at.logged).toMatchObject([
      { level: 'error', message: expect.stringMatching(/^deliver: will go on in 1 s: store: .* is locked by another/) },
    ]);
    expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 1, dead: 0 });
  });

  it('tries to record what it sent until the database takes it', async () => {
    const at = await oneChannelOnFile();
    const other = beside(at.path);
    const send = at.deps((post) => {
      other.exec('begin immediate');
      return arrived(post);
    });
    await loop(send, 4, (rest) => {
      if (rest === 3) other.exec('rollback');
    });
    expect(at.sent).toHaveLength(1);
    expect(at.logged.map(({ message }) => message)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^deliver: not recorded yet: store: .* is locked/)),
    );
    expect(at.clock.slept.slice(0, 3)).toEqual([250, 1_000, 2_000]);
    expect(await at.counts()).toMatchObject({ pending: 0, sent: 1 });
  });

  it('says of what it could not record that it may have arrived', async () => {
    const at = await oneChannelOnFile();
    const other = beside(at.path);
    await loop(
      at.deps((post) => {
        if (at.sent.length === 1) {
          other.exec('begin immediate');
          at.makeUnsure();
        }
        return arrived(post);
      }),
      3,
      (rest) => {
        if (rest > 1) return;
        other.exec('rollback');
        at.makeSure();
      },
    );
    expect(at.sent.map(({ delivery }) => [delivery.attempts, delivery.mayHaveArrived])).toEqual([
      [0, false],
      [1, true],
    ]);
    expect(await at.counts()).toMatchObject({ pending: 0, sent: 1 });
  });

  it('takes up what its dead predecessor had in hand, and says that it may have arrived', async () => {
    const at = await twoChannels();
    await at.store.deliveries.claim({ sender: 'the sender', nowMs: start, limit: 1 });
    await loop(at.deps(), 1);
    expect(at.sent.filter(({ delivery }) => delivery.mayHaveArrived)).toHaveLength(1);
    expect(await at.counts()).toMatchObject({ pending: 0, sent: 4 });
    expect(at.logged).toMatchObject([{ level: 'warn', message: expect.stringMatching(/1 posts were under way/) }]);
  });

  it('sends nothing while its lease may be another’s, and goes on when it is not', async () => {
    const at = await twoChannels();
    at.makeUnsure();
    await loop(at.deps(), 3, (rest) => {
      if (rest === 2) at.makeSure();
    });
    expect(await at.counts()).toMatchObject({ pending: 0, sent: 4 });
    expect(at.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('leaves alone what its successor has in hand', async () => {
    const at = await twoChannels();
    await at.store.leases.take('worker', await at.store.leases.get('worker'), 'the successor');
    const [inHand] = await at.store.deliveries.claim({ sender: 'the successor', nowMs: start, limit: 1 });
    at.makeUnsure();
    await loop(at.deps(), 3);
    expect(at.sent).toEqual([]);
    // Adopted, it would be claimed again.
    const claimed = await at.store.deliveries.claim({ sender: 'the successor', nowMs: start, limit: 9 });
    expect(claimed.map(({ target }) => target)).not.toContain(inHand?.target);
  });

  it('sends nothing more once the lease is no longer sure, and records what came of what it sent', async () => {
    const at = await twoChannels();
    const failing = at.deps(() => {
      at.makeUnsure();
      return { kind: 'retry', atMs: start + 60_000, reason: 'busy' };
    });
    await deliveredBy(failing).catch(() => {});
    // One of the two may have been stopped before it was sent; what was sent is recorded.
    expect(await at.store.deliveries.adopt('the sender')).toBeLessThan(2);
  });

  it('records what arrived though the lease was no longer sure', async () => {
    const at = await twoChannels();
    const sending = at.deps((post) => {
      at.makeUnsure();
      return arrived(post);
    });
    await outcomesOf(sending).catch(() => {});
    expect((await at.counts()).sent).toBeGreaterThan(0);
  });

  it('logs a bug with its stack, and goes on', async () => {
    const at = await oneChannelOnFile();
    const other = beside(at.path);
    other.exec('alter table deliveries rename to hidden');
    await loop(at.deps(), 3, (rest) => {
      if (rest === 1) other.exec('alter table hidden rename to deliveries');
    });
    expect(at.logged).toMatchObject([
      { level: 'error', fields: { err: expect.any(Error) }, message: expect.stringMatching(/no such table/) },
    ]);
    expect(await at.counts()).toEqual({ pending: 0, due: 0, sent: 1, dead: 0 });
  });

  it('ends when the token is refused', async () => {
    const at = await twoChannels();
    const refused = new AppError('token-refused', 'discord: the token was refused');
    await expect(loop({ ...at.deps(), send: () => Promise.reject(refused) }, 3)).rejects.toThrow(refused);
    expect(at.clock.now()).toBe(start);
  });
});
