import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { DeliveredPaper, Outcome, PlannedDelivery } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/domain/ports.ts';
import { AppError } from '../../src/lib/errors.ts';
import type { Log } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { deliverDue, runDeliveryLoop } from '../../src/pipeline/deliver.ts';
import type { DeliverDeps, Post } from '../../src/pipeline/deliver.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';

const refused = new AppError('token-refused', 'discord: the token was refused');
const start = Date.parse('2025-05-23T00:05:00Z');

let store: Store;
let nowMs: number;
let sent: Post[];
/** Errors that were logged. */
let logged: { level: string; fields: object; message: string }[];
const log: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (fields, message) => void logged.push({ level: 'error', fields, message }),
};

beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  nowMs = start;
  sent = [];
  logged = [];
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

/** Queues one post to `target`, due at `due`. */
async function commit(
  target: string,
  papers: readonly Pick<DeliveredPaper, 'paper' | 'subscriptions'>[],
  due = start,
): Promise<void> {
  const delivery: PlannedDelivery = {
    dedupeKey: `test ${target} ${due}`,
    target,
    style: 'digest',
    date: '2025-05-23',
    due,
    papers: papers.map((paper) => ({ occasion: 'first', kind: 'new', score: 1, evidence: [], ...paper })),
  };
  await store.deliveries.commit({ archive: 'cs.DC', date: '2025-05-23', papers: [], deliveries: [delivery], nowMs });
}

/** Puts a store on a file, with one post, in the place of the one in memory: its path. It does not wait for locks. */
async function onFile(): Promise<string> {
  await store.close();
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-deliver-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'paperboy.db');
  store = await openStore(`sqlite:${path}`, { log, busyTimeoutMs: 0 });
  await store.subscriptions.save(aSubscription({ id: 'c', target: '1003' }), aTarget({ id: '1003' }));
  await store.papers.saveListing(aListing([anEntry({ id: '2505.00001' })]));
  await commit('1003', [{ paper: '2505.00001', subscriptions: ['c'] }]);
  return path;
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
    const dying = { ...deps(), send: () => Promise.reject(refused) };
    await expect(outcomes(dying)).rejects.toThrow(refused);
    expect(await outcomes(deps())).toEqual([]);
    nowMs = start + 60_000;
    expect(await outcomes(deps())).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(sent.filter(({ delivery }) => delivery.attempts === 1)).toHaveLength(2);
  });

  it('records what was under way when another send is refused, before it throws', async () => {
    const slow = Promise.withResolvers<Outcome>();
    const send = ({ delivery }: Post) => {
      if (delivery.target === '1002') return slow.promise;
      // The other send goes on for longer than this one takes to fail.
      setImmediate(() => slow.resolve({ kind: 'sent', messageId: 'm' }));
      return Promise.reject(refused);
    };
    const kinds: string[] = [];
    const delivering = async () => {
      for await (const { outcome } of deliverDue({ ...deps(), send })) kinds.push(outcome.kind);
    };
    await expect(delivering()).rejects.toThrow(refused);
    expect(kinds).toEqual(['sent']);
    expect(await store.deliveries.counts()).toEqual({ pending: 3, sent: 1, dead: 0 });
  });

  it('gives up a post that meets a bug, and sends the others', async () => {
    const error = new Error('no such style');
    const given = deps(({ delivery }) => {
      if (delivery.target === '1001') throw error;
      return { kind: 'sent', messageId: 'm' };
    });
    const reasons: string[] = [];
    for await (const { outcome } of deliverDue(given)) if (outcome.kind === 'dead') reasons.push(outcome.reason);
    expect(reasons).toEqual(['a bug: no such style', 'a bug: no such style']);
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 2, dead: 2 });
    expect(logged).toMatchObject([{ fields: { err: error } }, { fields: { err: error } }]);
  });

  it('gives up a post whose paper is not in the store', async () => {
    await commit('1001', [{ paper: 'unknown', subscriptions: ['a'] }]);
    expect((await outcomes(deps())).toSorted()).toEqual(['dead', 'sent', 'sent', 'sent', 'sent']);
    expect(logged).toMatchObject([{ message: expect.stringMatching(/met a bug/) }]);
  });

  it('gives up a post whose paper is damaged in the store, and goes on in that channel', async () => {
    const path = await onFile();
    await store.papers.saveListing(aListing([anEntry({ id: '2505.00002' })]));
    await commit('1003', [{ paper: '2505.00002', subscriptions: ['c'] }], start + 1);
    const other = new DatabaseSync(path);
    other.exec("update papers set authors_json = '[' where id = '2505.00001'");
    other.close();
    nowMs = start + 1;
    const found: Outcome[] = [];
    for await (const { outcome } of deliverDue(deps())) found.push(outcome);
    expect(found).toMatchObject([
      { kind: 'dead', reason: expect.stringMatching(/^store: papers 2505.00001 authors_json cannot be read/) },
      { kind: 'sent' },
    ]);
  });

  it('sends nothing that nobody wants any more, and keeps the promise', async () => {
    await store.subscriptions.delete('a');
    const reasons: string[] = [];
    for await (const { outcome } of deliverDue(deps())) if (outcome.kind === 'dead') reasons.push(outcome.reason);
    expect(reasons).toEqual(['nobody wants it any more', 'nobody wants it any more']);
    expect(sent.map(({ delivery }) => delivery.target)).toEqual(['1002', '1002']);
    expect(await store.deliveries.promised('1001', ['2505.00001', '2505.00002'])).toHaveLength(2);
  });

  it('leaves papers out of a digest that nobody there wants any more', async () => {
    await store.subscriptions.save(aSubscription({ id: 'c', target: '1003' }), aTarget({ id: '1003' }));
    await commit('1003', [
      // Of another channel, which wants it still.
      { paper: '2505.00001', subscriptions: ['b', 'gone'] },
      { paper: '2505.00002', subscriptions: ['gone', 'c'] },
    ]);
    await outcomes(deps());
    const posts = sent.filter(({ delivery }) => delivery.target === '1003');
    expect(posts.map(({ papers }) => papers.map(({ paper }) => paper.id))).toEqual([['2505.00002']]);
  });

  it('stops before the next round when it is told to', async () => {
    const kinds = [];
    for await (const delivered of deliverDue(deps(), AbortSignal.abort())) kinds.push(delivered);
    expect(kinds).toEqual([]);
  });
});

/** Runs the loop for some rests, each a second on our clock. `before` each rest something may happen. */
async function loop(given: DeliverDeps, rests: number, before: (rest: number) => void = () => {}): Promise<void> {
  const stopping = new AbortController();
  let rest = 0;
  const sleep = async (durationMs: number) => {
    rest += 1;
    before(rest);
    nowMs += durationMs;
    if (rest === rests) stopping.abort();
  };
  await runDeliveryLoop({ ...given, clock: { now: () => nowMs, sleep } }, stopping.signal);
}

describe('runDeliveryLoop', () => {
  it('delivers what falls due while it runs', async () => {
    await store.subscriptions.save(aSubscription({ id: 'c', target: '1003' }), aTarget({ id: '1003' }));
    await commit('1003', [{ paper: '2505.00001', subscriptions: ['c'] }], start + 2_000);
    await loop(deps(), 3);
    expect(sent.map(({ delivery }) => delivery.target).at(-1)).toBe('1003');
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 5, dead: 0 });
  });

  it('says that the database is locked, and goes on once it is not', async () => {
    const path = await onFile();
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('begin immediate');
    await loop(deps(), 3, (rest) => {
      if (rest === 1) other.exec('rollback');
    });
    expect(logged).toMatchObject([
      { level: 'error', message: expect.stringMatching(/^deliver: will go on in 1 s: store: .* is locked by another/) },
    ]);
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 1, dead: 0 });
  });

  it('logs a bug with its stack, and goes on', async () => {
    const path = await onFile();
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('alter table deliveries rename to hidden');
    await loop(deps(), 3, (rest) => {
      if (rest === 1) other.exec('alter table hidden rename to deliveries');
    });
    expect(logged).toMatchObject([
      { level: 'error', fields: { err: expect.any(Error) }, message: expect.stringMatching(/no such table/) },
    ]);
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 1, dead: 0 });
  });

  it('ends when the token is refused', async () => {
    await expect(loop({ ...deps(), send: () => Promise.reject(refused) }, 3)).rejects.toThrow(refused);
    expect(nowMs).toBe(start);
  });
});
