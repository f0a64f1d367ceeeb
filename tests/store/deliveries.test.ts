import { aReading } from '../builders/domain.ts';
import { StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { databaseKinds } from '../builders/temporary-database.ts';
import {
  claim,
  dayMs,
  delivered,
  entry,
  listing,
  outbox,
  planned,
  target,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.commit on %s', (kind) => {
  it('writes deliveries with their promises', async () => {
    const store = await temporaryStore(kind);
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

  it('writes a large morning in few statements, for nobody else writes meanwhile, and keeps its order', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    const ids = Array.from({ length: 1_200 }, (_, index) => `p${index}`);
    const plans = ids.map((id) => planned('t1', [id]));
    await store.deliveries.commit(outbox(plans.slice(0, 1)));
    const statements = countStatements();
    expect(await store.deliveries.commit(outbox(plans))).toBe(1_199);
    expect(statements()).toBeLessThan(25);
    for (const id of ids.slice(0, 3)) {
      const [next] = await store.deliveries.claim(claim(1_000));
      expect(next?.papers.map(({ paper }) => paper)).toEqual([id]);
      await store.deliveries.settle('s1', next?.id ?? '', { kind: 'sent', messageId: id }, 1_000);
    }
  });

  it('gives a plan back as it was made', async () => {
    const store = await temporaryStore(kind);
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
    expect(claimed).toEqual({
      ...plan,
      id: expect.stringMatching(/^[\w-]{22}$/),
      place: { kind: target().kind, guildId: target().guildId },
      attempts: 0,
      firstTriedAt: null,
      mayHaveArrived: false,
      after: null,
    });
  });

  it('writes the same plan once', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    const plan = planned('t1', ['p1']);
    expect(await store.deliveries.commit(outbox([plan, plan]))).toBe(1);
    expect(await store.deliveries.commit(outbox([plan]))).toBe(0);
    expect(await store.deliveries.counts(dayMs)).toMatchObject({ pending: 1, sent: 0, dead: 0 });
  });

  it('takes what was promised before out of a delivery', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'])]));
    expect(await store.deliveries.commit(outbox([planned('t1', ['p1', 'p2'])]))).toBe(1);
    const [first] = await store.deliveries.claim(claim(1_000));
    await store.deliveries.settle('s1', first?.id ?? '', { kind: 'sent', messageId: 'm1' }, 1_000);
    const [second] = await store.deliveries.claim(claim(1_000));
    expect(second?.papers.map(({ paper }) => paper)).toEqual(['p2']);
  });

  it('tells a target of a paper again when it was replaced', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'])]));
    const replaced = planned('t1', [], {
      dedupeKey: 'again',
      papers: [delivered('p1', { occasion: 'replace:2025-05-24' })],
    });
    expect(await store.deliveries.commit(outbox([replaced]))).toBe(1);
  });

  it('changes nothing at all when one of its deliveries cannot be written', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.papers.saveListing(listing([entry({ id: 'p1' })]));
    await store.days.save(aReading({ triedAt: 0 }));
    const unknownTarget = planned('t2', ['p1']);
    await expect(
      store.deliveries.commit({ ...outbox([planned('t1', ['p1']), unknownTarget]), papers: ['p1'] }),
    ).rejects.toThrow(/foreign key/i);
    expect(await store.deliveries.counts(dayMs)).toMatchObject({ pending: 0, sent: 0, dead: 0 });
    expect(await store.deliveries.promised('t1', ['p1'])).toEqual([]);
    expect(await store.papers.unmatched('cs.DC', '2025-05-23')).toHaveLength(1);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ matchedAt: null });
  });

  it('loses nothing when a key stands for two plans', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    const plans = [planned('t1', ['p1'], { dedupeKey: 'k' }), planned('t1', ['p2'], { dedupeKey: 'k' })];
    await expect(store.deliveries.commit(outbox(plans))).rejects.toThrow(/unique/i);
    expect(await store.deliveries.promised('t1', ['p1', 'p2'])).toEqual([]);
  });
});

/** How many statements were run on a database from now on. */
function countStatements(): () => number {
  const spies = [
    vi.spyOn(StatementSync.prototype, 'run'),
    vi.spyOn(StatementSync.prototype, 'all'),
    vi.spyOn(Client.prototype, 'query'),
  ];
  onTestFinished(() => void vi.restoreAllMocks());
  return () => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
}
