import { awaitLease } from '../scheduler/role-lease.ts';
import type { HeldLease } from '../scheduler/role-lease.ts';
import type { Foundation } from './foundation.ts';
import { hasEnded, holderName } from './this-process.ts';

/** Ends what was started, in the time that a stop may take. */
export type Stop = () => Promise<void>;

export type Role = {
  /** What it does now: `working`, or `standing by` while another process does it. */
  state(): RoleState;
  /** Ends its work and leaves the role to whoever stands by. */
  stop: Stop;
};
export type RoleState = 'working' | 'standing by';

/**
 * Does a role's work whenever its lease is ours, and stands by while another process on this database has it. Resolves as soon as it is
 * known which of the two it is at first.
 *
 * @param start begins the work; whatever it throws at first is thrown here, later it goes to `fail`
 */
export async function takeRole(
  name: 'gateway' | 'worker',
  { store, clock, log }: Foundation,
  start: (lease: HeldLease) => Promise<Stop>,
  fail: (error: unknown) => void,
): Promise<Role> {
  const stopping = new AbortController();
  let state: RoleState = 'standing by';
  const known = Promise.withResolvers<void>();

  async function turns(): Promise<void> {
    const deps = { leases: store.leases, clock, log, hasEnded, onStandby: known.resolve };
    while (!stopping.signal.aborted) {
      const lease = await awaitLease(name, holderName(), deps, stopping.signal);
      if (!lease) return;
      try {
        const stop = await start(lease);
        state = 'working';
        known.resolve();
        await aborted(AbortSignal.any([stopping.signal, lease.lost]));
        await stop();
      } finally {
        state = 'standing by';
        await lease.release();
      }
    }
  }

  const over = turns().catch((error: unknown) => {
    known.reject(error);
    fail(error);
  });
  await known.promise;
  return {
    state: () => state,
    stop: async () => {
      stopping.abort();
      await over;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
