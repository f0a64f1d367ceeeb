import { describe, expect, it } from 'vitest';
import type { Publication, Unpublished } from '../../src/domain/delivery.ts';
import type { DeliveryStore } from '../../src/domain/ports.ts';
import { AppError } from '../../src/lib/errors.ts';
import { publishWaiting, runPublishLoop } from '../../src/pipeline/publish.ts';
import type { PublishDeps } from '../../src/pipeline/publish.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { outbox, planned, silentLog, temporaryStore } from '../store/store-builders.ts';

const startMs = 10_000;
const done: Publication = { kind: 'published', nextAtMs: null };

describe('publishWaiting', () => {
  it('publishes what waits, in the order of each channel', async () => {
    const { published, deps } = await setUp({ c1: ['m1', 'm2'], c2: ['m3'] });
    await publishWaiting(deps());
    expect(published.toSorted()).toEqual(['m1', 'm2', 'm3']);
    expect(published.indexOf('m1')).toBeLessThan(published.indexOf('m2'));
  });

  it('has all of a channel wait where Discord asks for it, and others go on', async () => {
    const { published, deps, at } = await setUp({ c1: ['m1', 'm2'], c2: ['m3'] });
    const limited: Publication = { kind: 'again', atMs: startMs + 5_000, reason: 'limited' };
    await publishWaiting(deps({ answer: ({ messageId }) => (messageId === 'm1' ? limited : done) }));
    expect(published).toEqual(['m1', 'm3']);
    await publishWaiting(deps());
    expect(published).toHaveLength(2);
    at.ms += 5_000;
    await publishWaiting(deps());
    expect(published).toEqual(['m1', 'm3', 'm1', 'm2']);
  });

  it('waits after the last that Discord takes for now, an hour at most', async () => {
    const { published, deps, at } = await setUp({ c1: ['m1', 'm2'] });
    await publishWaiting(deps({ answer: () => ({ kind: 'published', nextAtMs: startMs + 100 * 3_600_000 }) }));
    expect(published).toEqual(['m1']);
    at.ms += 3_600_000;
    await publishWaiting(deps());
    expect(published).toEqual(['m1', 'm2']);
  });

  it('leaves for good what can never be published, and what met a bug', async () => {
    const { published, deps } = await setUp({ c1: ['m1', 'm2', 'm3'] });
    await publishWaiting(
      deps({
        answer: ({ messageId }) => {
          if (messageId === 'm1') throw new TypeError('x is undefined');
          return messageId === 'm2' ? { kind: 'never', reason: 'gone' } : done;
        },
      }),
    );
    await publishWaiting(deps());
    expect(published).toEqual(['m1', 'm2', 'm3']);
  });

  it('gives way to posts, to a block and to another worker', async () => {
    const { published, deps } = await setUp({ c1: ['m1', 'm2'] });
    await publishWaiting(deps({ isBlocked: () => true }));
    await publishWaiting(deps({ lease: { isSure: () => false } }));
    await publishWaiting(deps(), AbortSignal.abort());
    expect(published).toEqual([]);
    await publishWaiting(deps({ isSending: () => published.length > 0 }));
    expect(published).toEqual(['m1']);
  });
});

describe('runPublishLoop', () => {
  it('goes on after troubles, and ends when it is told to', async () => {
    const { published, deps } = await setUp({ c1: ['m1'] });
    const stop = new AbortController();
    let troubles = 0;
    const { store } = deps();
    const unpublished: DeliveryStore['unpublished'] = async (...asked) => {
      troubles += 1;
      if (troubles === 1) throw new AppError('database-unavailable', 'store: locked');
      if (troubles === 2) throw new TypeError('x is undefined');
      return store.deliveries.unpublished(...asked);
    };
    const shaky = deps({ store: { deliveries: { ...store.deliveries, unpublished } } });
    await runPublishLoop(
      {
        ...shaky,
        clock: { ...shaky.clock, sleep: async () => (published.length > 0 ? stop.abort() : undefined) },
      },
      stop.signal,
    );
    expect(published).toEqual(['m1']);
  });

  it('fails where the token is refused', async () => {
    const { deps } = await setUp({ c1: ['m1'] });
    const refused = deps({
      answer: () => {
        throw new AppError('token-refused', 'refused');
      },
    });
    await expect(runPublishLoop(refused, new AbortController().signal)).rejects.toMatchObject({
      code: 'token-refused',
    });
  });
});

/** Announcement channels with messages that wait, and what was asked to be published of them. */
async function setUp(channels: Readonly<Record<string, readonly string[]>>) {
  const store = await temporaryStore('sqlite');
  await store.leases.take('worker', null, 'us');
  let due = 0;
  for (const [id, messages] of Object.entries(channels)) {
    await store.subscriptions.save(aSubscription({ id, target: id }), aTarget({ id, kind: 'announcement' }));
    for (const messageId of messages) {
      due += 1;
      await store.deliveries.commit(outbox([planned(id, [messageId], { due })]));
      const [claimed] = await store.deliveries.claim({ sender: 'us', nowMs: due, limit: 1 });
      await store.deliveries.settle(claimed?.id ?? '', { kind: 'sent', messageId }, due);
    }
  }
  const at = { ms: startMs };
  const published: string[] = [];
  type Given = Partial<PublishDeps> & { readonly answer?: (message: Unpublished) => Publication };
  const deps = ({ answer = () => done, ...given }: Given = {}): PublishDeps => ({
    store,
    clock: { now: () => at.ms, monotonic: () => at.ms, fromReal: (ms) => ms, sleep: async () => {} },
    log: silentLog,
    lease: { isSure: () => true },
    publish: async (message) => {
      published.push(message.messageId);
      return answer(message);
    },
    isBlocked: () => false,
    isSending: () => false,
    ...given,
  });
  return { published, deps, at };
}
