import type { LeaseStore, Lease } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/** Real milliseconds between two beats of a holder, and between two looks of whoever stands by. */
export const beatMs = 2_000;

/** Looks at which a holder has not stirred before its role is taken over: 10 to 12 s after its last beat. */
export const looksUntilDead = 5;

/** So long after its last beat, in real milliseconds, a holder no longer trusts its lease; less than anybody takes to take over. */
const sureForMs = 7_000;

/** A role that is ours. */
export type HeldLease = {
  readonly holder: string;
  /** Aborts when somebody else has taken over. */
  readonly lost: AbortSignal;
  /** False after a while without a beat (the database did not answer, the process was frozen): somebody may have taken over. */
  isSure(): boolean;
  /** Leaves the role to whoever stands by; where the database does not answer, it runs out. */
  release(): Promise<void>;
};

export type LeaseDeps = {
  readonly leases: LeaseStore;
  readonly clock: Pick<Clock, 'sleep' | 'monotonic' | 'now' | 'fromReal'>;
  readonly log: Log;
  /** Whether the process that a holder names is known to have ended; false where nobody can tell. */
  readonly hasEnded: (holder: string) => boolean;
  /** Called when somebody else is found to have the role. */
  readonly onStandby: () => void;
};

/**
 * Waits until the role `name` is free or its holder is dead, and takes it. Null when `signal` aborts first.
 *
 * A database that does not answer is asked again: a bot that stands by has nothing better to do.
 */
export async function awaitLease(
  name: string,
  holder: string,
  deps: LeaseDeps,
  signal: AbortSignal,
): Promise<HeldLease | null> {
  const { leases, clock, log } = deps;
  let seen: Lease | null = null;
  let looks = 0;
  while (!signal.aborted) {
    try {
      const lease = await leases.get(name);
      const other = lease?.holder ?? null;
      looks = other !== null && other === seen?.holder && lease?.beat === seen.beat ? looks + 1 : 0;
      if (other === null || looks >= looksUntilDead || deps.hasEnded(other)) {
        if (await leases.take(name, lease, holder)) {
          if (other !== null)
            log.warn({ lease: name, from: other }, `lease: took over ${name} from ${other}, which has died`);
          return hold(name, holder, deps);
        }
      } else if (other !== seen?.holder) {
        log.warn({ lease: name, holder: other }, `lease: ${other} is the ${name} on this database; standing by`);
        deps.onStandby();
      }
      seen = lease;
    } catch (error) {
      log.warn({ lease: name }, `lease: ${name} cannot be asked for: ${messageOf(error)}`);
    }
    await clock.sleep(clock.fromReal(beatMs), signal);
  }
  return null;
}

/** Keeps a lease that was just taken alive until it is lost or released. */
function hold(name: string, holder: string, { leases, clock, log }: LeaseDeps): HeldLease {
  const lost = new AbortController();
  const released = new AbortController();
  // Both clocks: the steady one stands still while the machine is suspended, the other may be set back.
  const times = () => ({ steady: clock.monotonic(), set: clock.now() });
  let beaten = times();

  async function beat(): Promise<void> {
    const started = times();
    try {
      if (await leases.beat(name, holder)) {
        beaten = started;
        return;
      }
      log.warn({ lease: name }, `lease: another process has taken over ${name}`);
      lost.abort();
    } catch (error) {
      log.warn({ lease: name }, `lease: ${name} could not be renewed: ${messageOf(error)}`);
    }
  }

  const over = AbortSignal.any([lost.signal, released.signal]);
  const beating = (async () => {
    for (;;) {
      await clock.sleep(clock.fromReal(beatMs), over);
      if (over.aborted) return;
      await beat();
    }
  })();

  return {
    holder,
    lost: lost.signal,
    isSure: () => {
      const { steady, set } = times();
      return !over.aborted && Math.max(steady - beaten.steady, set - beaten.set) < clock.fromReal(sureForMs);
    },
    release: async () => {
      released.abort();
      await beating;
      if (lost.signal.aborted) return;
      try {
        await leases.release(name, holder);
      } catch (error) {
        // It runs out by itself, and whoever stops has better things to do than to fail for it.
        log.warn({ lease: name }, `lease: ${name} could not be released: ${messageOf(error)}`);
      }
    },
  };
}
