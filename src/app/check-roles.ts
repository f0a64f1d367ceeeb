import { setTimeout as sleepReal } from 'node:timers/promises';
import type { LeaseStore } from '../domain/ports.ts';
import { check, ill, well } from './check.ts';
import type { Check } from './check.ts';
import { hasEnded } from './this-process.ts';

/** A holder beats every two seconds of the machine's time: in this time twice. */
const watchedMs = 4_500;

const lookEveryMs = 500;

/** Who does which work on this database; `isSent`: somebody sends from it. */
export async function checkRoles(leases: LeaseStore): Promise<{ readonly check: Check; readonly isSent: boolean }> {
  let isSent = false;
  const result = await check('roles', 'See what the check “database” says.', async () => {
    const [gateway, worker] = await Promise.all([stateOf('gateway', leases), stateOf('worker', leases)]);
    isSent = worker.lives;
    const found = `${gateway.found}; ${worker.found}`;
    if (!gateway.isFrozen && !worker.isFrozen) return well(found);
    return ill(found, 'Stop that process and start the bot again; one that stands by takes over within 10 s.');
  });
  return { check: result, isSent };
}

type RoleState = { readonly lives: boolean; readonly isFrozen: boolean; readonly found: string };

async function stateOf(role: 'gateway' | 'worker', leases: LeaseStore): Promise<RoleState> {
  const work = role === 'gateway' ? 'people are answered' : 'posts are sent';
  const lease = await leases.get(role);
  const holder = lease?.holder ?? null;
  if (lease === null || holder === null) return { lives: false, isFrozen: false, found: `${work} by nobody now` };
  if (hasEnded(holder)) {
    return { lives: false, isFrozen: false, found: `${work} by nobody now, since ${holder} has ended without a word` };
  }
  for (let leftMs = watchedMs; leftMs > 0; leftMs -= lookEveryMs) {
    await sleepReal(lookEveryMs);
    const later = await leases.get(role);
    if (later === null || later.holder !== holder || later.beat !== lease.beat) {
      return { lives: true, isFrozen: false, found: `${work} by ${later?.holder ?? 'nobody now'}` };
    }
  }
  return {
    lives: false,
    isFrozen: true,
    found: `${work} by ${holder}, which has not stirred for ${watchedMs / 1_000} s`,
  };
}
