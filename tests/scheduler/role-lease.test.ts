import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { LeaseStore, Store } from '../../src/domain/ports.ts';
import { awaitLease } from '../../src/scheduler/role-lease.ts';
import type { HeldLease, LeaseDeps } from '../../src/scheduler/role-lease.ts';
import { openStore } from '../../src/store/open-store.ts';
import { handClock } from '../builders/clocks.ts';
import { recordingLog } from '../pipeline/two-channels.ts';

let store: Store;
let clock: ReturnType<typeof handClock>;
let logged: ReturnType<typeof recordingLog>['logged'];
let deps: LeaseDeps;
beforeEach(async () => {
  const recording = recordingLog();
  logged = recording.logged;
  store = await openStore('sqlite::memory:', { log: recording.log });
  onTestFinished(() => store.close());
  clock = handClock();
  deps = { leases: store.leases, clock, log: recording.log, hasEnded: () => false, onStandby: () => {} };
});

/** Somebody who wants the role: what became of that by now, and a way to make them stop. */
function contender(holder: string, changes: Partial<LeaseDeps> = {}) {
  const stopping = new AbortController();
  const standbys: string[] = [];
  let lease: HeldLease | null = null;
  let isOver = false;
  const taking = awaitLease(
    'worker',
    holder,
    { ...deps, onStandby: () => void standbys.push(holder), ...changes },
    stopping.signal,
  );
  const waiting = (async () => {
    lease = await taking;
    isOver = true;
  })();
  // A holder beats on for as long as it lives.
  onTestFinished(async () => {
    stopping.abort();
    await waiting;
    if (lease) await lease.release();
  });
  return { lease: () => lease, isOver: () => isOver, standbys, stop: () => stopping.abort() };
}

/** Leases of a store that can be cut off from it. */
function breakable(leases: LeaseStore) {
  let isBroken = false;
  const guarded =
    <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
    (...given: Given) =>
      isBroken ? Promise.reject(new Error('the database is down')) : act(...given);
  return {
    leases: {
      get: guarded(leases.get),
      take: guarded(leases.take),
      beat: guarded(leases.beat),
      release: guarded(leases.release),
    },
    set: (broken: boolean) => {
      isBroken = broken;
    },
  };
}

describe('awaitLease', () => {
  it('takes what nobody has, at once', async () => {
    const first = contender('first');
    await clock.pass(0);
    expect(first.lease()).toMatchObject({ holder: 'first' });
    expect(first.lease()?.isSure()).toBe(true);
    expect(first.standbys).toEqual([]);
    expect(await store.leases.get('worker')).toMatchObject({ holder: 'first' });
  });

  it('gives it to one of two who come together', async () => {
    const both = [contender('first'), contender('second')];
    await clock.pass(60_000);
    expect(both.filter((one) => one.lease() !== null)).toHaveLength(1);
    expect(both.filter(({ standbys }) => standbys.length === 1)).toHaveLength(1);
  });

  it('leaves a living holder alone, however long', async () => {
    const first = contender('first');
    await clock.pass(1_000);
    const second = contender('second');
    await clock.pass(3_600_000);
    expect(second.lease()).toBeNull();
    expect(second.standbys).toEqual(['second']);
    expect(first.lease()?.isSure()).toBe(true);
    expect(logged.map(({ message }) => message)).toEqual(['lease: first is the worker on this database; standing by']);
  });

  it('takes over at once from a holder that is known to have ended', async () => {
    await store.leases.take('worker', null, 'killed');
    const second = contender('second', { hasEnded: (holder) => holder === 'killed' });
    await clock.pass(0);
    expect(second.lease()).not.toBeNull();
    expect(logged).toMatchObject([{ message: 'lease: took over worker from killed, which has died' }]);
  });

  it('takes over from a holder that does not stir at five looks, and not before', async () => {
    await store.leases.take('worker', null, 'silent');
    const second = contender('second');
    await clock.pass(9_999);
    expect(second.lease()).toBeNull();
    await clock.pass(1);
    expect(second.lease()).not.toBeNull();
  });

  it('lets the next in within two seconds of a release', async () => {
    const first = contender('first');
    await clock.pass(0);
    const second = contender('second');
    await clock.pass(5_000);
    await first.lease()?.release();
    expect(first.lease()?.isSure()).toBe(false);
    await clock.pass(2_000);
    expect(second.lease()).not.toBeNull();
  });

  it('gives null when it is told to stop', async () => {
    await store.leases.take('worker', null, 'other');
    const second = contender('second');
    await clock.pass(1_000);
    second.stop();
    await clock.pass(0);
    expect([second.isOver(), second.lease()]).toEqual([true, null]);
  });

  it('asks a database again that does not answer', async () => {
    const broken = breakable(store.leases);
    broken.set(true);
    const first = contender('first', { leases: broken.leases });
    await clock.pass(60_000);
    expect(first.isOver()).toBe(false);
    broken.set(false);
    await clock.pass(2_000);
    expect(first.lease()).not.toBeNull();
    expect(logged[0]?.message).toBe('lease: worker cannot be asked for: the database is down');
  });

  it('does not count looks that failed', async () => {
    await store.leases.take('worker', null, 'living');
    const broken = breakable(store.leases);
    const second = contender('second', { leases: broken.leases });
    await clock.pass(4_000);
    broken.set(true);
    await clock.pass(60_000);
    broken.set(false);
    await store.leases.beat('worker', 'living');
    await clock.pass(4_000);
    expect(second.lease()).toBeNull();
  });

  it('is not hurried or held up by a clock that is set', async () => {
    await store.leases.take('worker', null, 'silent');
    const second = contender('second');
    await clock.pass(1_000);
    clock.set(3_600_000);
    await clock.pass(1_000);
    clock.set(-7_200_000);
    await clock.pass(7_999);
    expect(second.lease()).toBeNull();
    await clock.pass(1);
    expect(second.lease()).not.toBeNull();
  });
});

describe('a held lease', () => {
  it('is lost when somebody else took it over, and is left to them', async () => {
    const first = contender('first');
    await clock.pass(0);
    const held = first.lease();
    await store.leases.take('worker', await store.leases.get('worker'), 'second');
    expect(held?.lost.aborted).toBe(false);
    await clock.pass(2_000);
    expect([held?.lost.aborted, held?.isSure()]).toEqual([true, false]);
    await held?.release();
    expect(await store.leases.get('worker')).toMatchObject({ holder: 'second' });
  });

  it('is not sure after seven seconds without a beat, and sure again after one', async () => {
    const broken = breakable(store.leases);
    const first = contender('first', { leases: broken.leases });
    await clock.pass(2_000);
    broken.set(true);
    await clock.pass(6_999);
    expect(first.lease()?.isSure()).toBe(true);
    await clock.pass(1);
    expect(first.lease()?.isSure()).toBe(false);
    expect(logged.at(-1)?.message).toBe('lease: worker could not be renewed: the database is down');
    broken.set(false);
    await clock.pass(2_000);
    expect([first.lease()?.isSure(), first.lease()?.lost.aborted]).toEqual([true, false]);
  });

  it('is not sure after the machine slept, whose steady clock may have slept too, until the next beat', async () => {
    const first = contender('first');
    await clock.pass(2_000);
    clock.set(7_000);
    expect(first.lease()?.isSure()).toBe(false);
    await clock.pass(2_000);
    expect(first.lease()?.isSure()).toBe(true);
    clock.set(-3_600_000);
    expect(first.lease()?.isSure()).toBe(true);
    await clock.pass(60_000);
    expect(first.lease()?.isSure()).toBe(true);
  });

  it('is not sure any more before anybody else can have it', async () => {
    const broken = breakable(store.leases);
    const first = contender('first', { leases: broken.leases });
    await clock.pass(0);
    const second = contender('second');
    await clock.pass(2_001);
    broken.set(true);
    for (let ms = 0; ms < 20_000; ms += 100) {
      await clock.pass(100);
      expect(first.lease()?.isSure() === true && second.lease() !== null).toBe(false);
    }
    expect(second.lease()).not.toBeNull();
  });

  it('can be given up where the database does not answer', async () => {
    const broken = breakable(store.leases);
    const first = contender('first', { leases: broken.leases });
    await clock.pass(0);
    broken.set(true);
    await first.lease()?.release();
    expect(first.lease()?.isSure()).toBe(false);
    expect(logged.at(-1)?.message).toBe('lease: worker could not be released: the database is down');
  });

  it('ends its beats with its release, so that nothing keeps the process up', async () => {
    const first = contender('first');
    await clock.pass(0);
    await first.lease()?.release();
    const { beat } = (await store.leases.get('worker')) ?? { beat: -1 };
    await clock.pass(60_000);
    expect(await store.leases.get('worker')).toEqual({ holder: null, beat });
  });
});
