import { describe, expect, it } from 'vitest';
import {
  delivered,
  entry,
  listing,
  outbox,
  planned,
  temporaryFile,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

const claim = (nowMs: number, limit = 10) => ({ nowMs, leaseMs: 100, limit });
const keys = (claimed: readonly { readonly dedupeKey: string }[]) => claimed.map(({ dedupeKey }) => dedupeKey);

describe('DeliveryStore.commit', () => {
  it('writes deliveries with their promises', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1', 't2');
    const plans = [
      planned('t1', ['p1', 'p2'], { style: 'digest' }),
      planned('t2', ['p1'], { papers: [delivered('p1', { occasion: 'replace:2025-05-23' })] }),
    ];
    expect(await store.deliveries.commit(outbox(plans))).toBe(2);
    expect(await store.deliveries.promised('t1', ['p2', 'p3', 'p1'])).toEqual([
      { paper: 'p1', occasion: 'first' },
      { paper: 'p2', occasion: 'first' },
    ]);
    expect(await store.deliveries.promised('t2', ['p1'])).toEqual([{ paper: 'p1', occasion: 'replace:2025-05-23' }]);
    expect(await store.deliveries.promised('t2', [])).toEqual([]);
  });

  it('gives a plan back as it was made', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    const plan = planned('t1', ['p1'], {
      style: 'digest',
      due: 7,
      papers: [
        delivered('p1', {
          occasion: 'replace:2025-05-23',
          kind: 'replace-cross',
          score: 0.83,
          subscriptions: ['s2', 's1'],
          evidence: [{ term: '“graphs”', field: 'title', weight: 0.41 }],
        }),
      ],
    });
    await store.deliveries.commit(outbox([plan]));
    const [claimed] = await store.deliveries.claim(claim(7));
    expect(claimed).toEqual({ ...plan, id: expect.stringMatching(/^[\w-]{22}$/), attempts: 0 });
  });

  it('writes the same plan once', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    const plan = planned('t1', ['p1']);
    expect(await store.deliveries.commit(outbox([plan, plan]))).toBe(1);
    expect(await store.deliveries.commit(outbox([plan]))).toBe(0);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 0, dead: 0 });
  });

  it('takes what was promised before out of a delivery', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'])]));
    expect(await store.deliveries.commit(outbox([planned('t1', ['p1', 'p2'])]))).toBe(1);
    const [first] = await store.deliveries.claim(claim(1_000));
    await store.deliveries.settle(first?.id ?? '', { kind: 'sent', messageId: 'm1' }, 1_000);
    const [second] = await store.deliveries.claim(claim(1_000));
    expect(second?.papers.map(({ paper }) => paper)).toEqual(['p2']);
  });

  it('tells a target of a paper again when it was replaced', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'])]));
    const replaced = planned('t1', [], {
      dedupeKey: 'again',
      papers: [delivered('p1', { occasion: 'replace:2025-05-24' })],
    });
    expect(await store.deliveries.commit(outbox([replaced]))).toBe(1);
  });

  it('changes nothing at all when one of its deliveries cannot be written', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.papers.saveListing(listing([entry({ id: 'p1' })]));
    const unknownTarget = planned('t2', ['p1']);
    await expect(
      store.deliveries.commit({ ...outbox([planned('t1', ['p1']), unknownTarget]), papers: ['p1'] }),
    ).rejects.toThrow('FOREIGN KEY');
    expect(await store.deliveries.counts()).toEqual({ pending: 0, sent: 0, dead: 0 });
    expect(await store.deliveries.promised('t1', ['p1'])).toEqual([]);
    expect(await store.papers.unmatched('cs.DC', '2025-05-23')).toHaveLength(1);
  });

  it('loses nothing when a key stands for two plans', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    const plans = [planned('t1', ['p1'], { dedupeKey: 'k' }), planned('t1', ['p2'], { dedupeKey: 'k' })];
    await expect(store.deliveries.commit(outbox(plans))).rejects.toThrow('UNIQUE');
    expect(await store.deliveries.promised('t1', ['p1', 'p2'])).toEqual([]);
  });
});

describe('DeliveryStore.claim', () => {
  it('gives what is due, oldest due first, one a target, up to the limit', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1', 't2', 't3', 't4');
    await store.deliveries.commit(
      outbox([
        planned('t1', ['p1'], { due: 30 }),
        planned('t1', ['p2'], { due: 20 }),
        planned('t2', ['p1'], { due: 10 }),
        planned('t3', ['p1'], { due: 20 }),
        planned('t4', ['p1'], { due: 99 }),
      ]),
    );
    expect(await store.deliveries.claim(claim(9))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(50, 2)))).toEqual(['t2 p1', 't1 p2']);
    expect(keys(await store.deliveries.claim(claim(50, 2)))).toEqual(['t3 p1']);
  });

  it('keeps the order of a lane: by due time, then by creation', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(
      outbox([planned('t1', ['p3'], { due: 2 }), planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 1 })]),
    );
    const sent: string[] = [];
    for (let round = 0; round < 3; round++) {
      const [next] = await store.deliveries.claim(claim(5));
      sent.push(next?.dedupeKey ?? 'none');
      expect(await store.deliveries.claim(claim(5))).toEqual([]);
      await store.deliveries.settle(next?.id ?? '', { kind: 'sent', messageId: `m${round}` }, 5);
    }
    expect(sent).toEqual(['t1 p1', 't1 p2', 't1 p3']);
  });

  it('gives a delivery out again once its lease has run out, and counts', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
    expect(await store.deliveries.claim(claim(0))).toMatchObject([{ dedupeKey: 't1 p1', attempts: 0 }]);
    expect(await store.deliveries.claim(claim(99))).toEqual([]);
    expect(await store.deliveries.claim(claim(100))).toMatchObject([{ dedupeKey: 't1 p1', attempts: 1 }]);
  });

  it('lets no delivery overtake one that is being sent, however early it was due', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p2'], { due: 5 })]));
    await store.deliveries.claim(claim(10));
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 1 })]));
    expect(await store.deliveries.claim(claim(10))).toEqual([]);
  });

  it('leaves paused targets out until they resume', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(outbox([planned('t1', ['p1']), planned('t2', ['p1'])]));
    await store.targets.pause('t1', 'Gone.');
    expect(keys(await store.deliveries.claim(claim(1_000)))).toEqual(['t2 p1']);
    await store.targets.resume('t1');
    expect(keys(await store.deliveries.claim(claim(1_000)))).toEqual(['t1 p1']);
  });

  it('never gives one lane to two connections', async () => {
    const path = temporaryFile();
    const [one, two] = [await temporaryStore(path), await temporaryStore(path)];
    const lanes = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await withTargets(one, ...lanes);
    await one.deliveries.commit(outbox(lanes.flatMap((lane) => [planned(lane, ['p1']), planned(lane, ['p2'])])));
    const rounds = await Promise.all(
      [one, two, one, two].map((store) => store.deliveries.claim({ nowMs: 1_000, leaseMs: 100, limit: 4 })),
    );
    const claimed = rounds.flat().map(({ target }) => target);
    expect(claimed).toHaveLength(12);
    expect(new Set(claimed)).toEqual(new Set(lanes));
  });
});

/** A lane of two, the first of them claimed. */
async function claimedOne() {
  const store = await temporaryStore();
  await withTargets(store, 't1');
  await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
  const [claimed] = await store.deliveries.claim(claim(10));
  return { store, id: claimed?.id ?? '' };
}

describe('DeliveryStore.settle', () => {
  it('opens the lane when a message was sent', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'sent', messageId: 'm1' }, 11);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 1, dead: 0 });
    expect(keys(await store.deliveries.claim(claim(11)))).toEqual(['t1 p2']);
  });

  it('keeps the lane waiting for a retry, and its place in it', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'retry', atMs: 50, reason: '503' }, 11);
    expect(await store.deliveries.claim(claim(49))).toEqual([]);
    expect(await store.deliveries.claim(claim(50))).toMatchObject([{ dedupeKey: 't1 p1', due: 0, attempts: 1 }]);
  });

  it('pauses the target and keeps the delivery', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'pause', reason: 'Paperboy may not post there.' }, 11);
    expect(await store.targets.get('t1')).toMatchObject({
      state: 'paused',
      pausedReason: 'Paperboy may not post there.',
    });
    expect(await store.deliveries.counts()).toEqual({ pending: 2, sent: 0, dead: 0 });
    await store.targets.resume('t1');
    expect(keys(await store.deliveries.claim(claim(12)))).toEqual(['t1 p1']);
  });

  it('opens the lane behind a dead letter', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'dead', reason: 'too long' }, 11);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 0, dead: 1 });
    expect(keys(await store.deliveries.claim(claim(12)))).toEqual(['t1 p2']);
  });

  it('changes nothing that was settled before, nor its target', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'sent', messageId: 'm1' }, 11);
    await store.deliveries.settle(id, { kind: 'dead', reason: 'late' }, 12);
    await store.deliveries.settle(id, { kind: 'retry', atMs: 0, reason: 'late' }, 12);
    await store.deliveries.settle(id, { kind: 'pause', reason: 'late' }, 12);
    await store.deliveries.settle('unknown', { kind: 'dead', reason: 'late' }, 12);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 1, dead: 0 });
    expect(await store.targets.get('t1')).toMatchObject({ state: 'active' });
  });
});
