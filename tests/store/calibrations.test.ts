import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/domain/calibration.ts';
import { startVolume } from '../../src/match/volume.ts';
import { databaseKinds } from '../builders/temporary-database.ts';
import { outbox, planned, temporaryStore, withTargets } from './store-builders.ts';

const nothing = { zero: 0, from: 0, counts: [] };

function calibration(changes: Partial<Calibration> = {}): Calibration {
  const window = { begun: '2025-05-23', current: { zero: 7, from: -3, counts: [1, 0, 2] }, earlier: nothing };
  return { subscription: 's-t1', basis: 'b1', window, volume: null, revision: 0, ...changes };
}

describe.each(databaseKinds)('CalibrationStore on %s', (kind) => {
  it('keeps what was committed last, one revision later', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    expect(await store.calibrations.of(['s-t1'])).toEqual(new Map());
    await store.deliveries.commit({ ...outbox([]), calibrations: [calibration()] });
    expect(await store.calibrations.of(['s-t1', 's-t2'])).toEqual(new Map([['s-t1', calibration({ revision: 1 })]]));
    const volume = {
      date: '2025-05-23',
      before: startVolume(3),
      after: startVolume(3),
      offered: [['p1', 0.25] as [string, number]],
      chosen: 1,
    };
    const later = calibration({ basis: 'b2', volume, revision: 1 });
    await store.deliveries.commit({ ...outbox([]), calibrations: [later] });
    expect((await store.calibrations.of(['s-t1'])).get('s-t1')).toEqual({ ...later, revision: 2 });
  });

  it('writes nothing at all where somebody else has written one of them meanwhile', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit({ ...outbox([]), calibrations: [calibration()] });
    const other = calibration({ subscription: 's-t2' });
    const overtaken = { ...outbox([planned('t1', ['p1'])]), calibrations: [other, calibration({ basis: 'b2' })] };
    expect(await store.deliveries.commit(overtaken)).toBeNull();
    expect(await store.calibrations.of(['s-t1', 's-t2'])).toEqual(new Map([['s-t1', calibration({ revision: 1 })]]));
    expect(await store.deliveries.counts(9_000)).toMatchObject({ pending: 0 });
  });

  it('is gone with its subscription, and does not come back by a match that was under way', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit({ ...outbox([]), calibrations: [calibration()] });
    await store.subscriptions.delete('s-t1');
    expect(await store.calibrations.of(['s-t1'])).toEqual(new Map());
    expect(await store.deliveries.commit({ ...outbox([]), calibrations: [calibration()] })).toBe(0);
    expect(await store.calibrations.of(['s-t1'])).toEqual(new Map());
  });
});

describe.each(databaseKinds)('DeliveryStore.ofMessage on %s', (kind) => {
  it('tells what a message delivered', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    const plan = planned('t1', ['p1', 'p2'], { style: 'digest', due: 0 });
    await store.deliveries.commit(outbox([plan]));
    const [claimed] = await store.deliveries.claim({ sender: 's1', nowMs: 1, limit: 1 });
    expect(await store.deliveries.ofMessage('42')).toBeNull();
    await store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'sent', messageId: '42' }, 2);
    expect(await store.deliveries.ofMessage('42')).toEqual({ target: 't1', papers: plan.papers });
    expect(await store.deliveries.ofMessage('43')).toBeNull();
  });
});
