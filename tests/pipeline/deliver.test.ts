import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { deliverDue } from '../../src/pipeline/deliver.ts';
import type { DeliverDeps, Post } from '../../src/pipeline/deliver.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';

const log = createLog('silent');
const start = Date.parse('2025-05-23T00:05:00Z');

let store: Store;
let nowMs: number;
let sent: Post[];

beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  nowMs = start;
  sent = [];
  for (const [id, target] of [
    ['a', '1001'],
    ['b', '1002'],
  ] as const) {
    await store.subscriptions.save(aSubscription({ id, target, query: 'gossip' }), aTarget({ id: target }));
  }
  const entries = ['1', '2'].map((id) => anEntry({ id: `2505.0000${id}`, title: `Gossip ${id}` }));
  await announce(aListing(entries), { store, clock: { now: () => nowMs }, log });
});
afterEach(() => store.close());

function deps(
  answer: (post: Post) => Outcome = ({ delivery }) => ({ kind: 'sent', messageId: `m-${delivery.id}` }),
): DeliverDeps {
  return {
    store,
    clock: { now: () => nowMs, sleep: async () => {} },
    log,
    parallelChannels: 4,
    leaseMs: 60_000,
    send: async (post) => {
      sent.push(post);
      return answer(post);
    },
  };
}

/** `outcome` for one channel, and sent for all others. */
function answerFor(channel: string, outcome: Outcome): (post: Post) => Outcome {
  return ({ delivery }) => (delivery.target === channel ? outcome : { kind: 'sent', messageId: 'm' });
}

async function outcomes(given: DeliverDeps): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { outcome } of deliverDue(given)) kinds.push(outcome.kind);
  return kinds;
}

describe('deliverDue', () => {
  it('sends all that is due, channel by channel in order, with papers as they are now', async () => {
    expect(await outcomes(deps())).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 4, dead: 0 });
    for (const channel of ['1001', '1002']) {
      const papers = sent
        .filter(({ delivery }) => delivery.target === channel)
        .map((post) => post.papers[0]?.paper.title);
      expect(new Set(papers)).toEqual(new Set(['Gossip 1', 'Gossip 2']));
    }
    expect(await outcomes(deps())).toEqual([]);
  });

  it('tries again when the outcome says, and holds back what follows in that channel', async () => {
    expect(
      (await outcomes(deps(answerFor('1001', { kind: 'retry', atMs: start + 5_000, reason: 'busy' })))).toSorted(),
    ).toEqual(['retry', 'sent', 'sent']);
    nowMs = start + 5_000;
    expect(await outcomes(deps())).toEqual(['sent', 'sent']);
  });

  it('leaves a paused channel alone, and goes on when it is resumed', async () => {
    await outcomes(deps(answerFor('1001', { kind: 'pause', reason: 'I may not post here.' })));
    expect(await store.targets.get('1001')).toMatchObject({ state: 'paused', pausedReason: 'I may not post here.' });
    expect(await outcomes(deps())).toEqual([]);
    await store.targets.resume('1001');
    expect(await outcomes(deps())).toEqual(['sent', 'sent']);
  });

  it('keeps what was given up, with its cause', async () => {
    await outcomes(deps(() => ({ kind: 'dead', reason: 'refused' })));
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 0, dead: 4 });
  });

  it('sends again what a dead sender had in hand, after its lease', async () => {
    await expect(outcomes({ ...deps(), send: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed');
    expect(await outcomes(deps())).toEqual([]);
    nowMs = start + 60_000;
    expect(await outcomes(deps())).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(sent.filter(({ delivery }) => delivery.attempts === 1)).toHaveLength(2);
  });

  it('stops before the next round when it is told to', async () => {
    const kinds = [];
    for await (const delivered of deliverDue(deps(), AbortSignal.abort())) kinds.push(delivered);
    expect(kinds).toEqual([]);
  });
});
