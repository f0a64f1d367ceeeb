import type { Lease, LeaseStore } from '../domain/ports.ts';
import { beatMs, looksUntilDead } from './role-lease.ts';
import type { LeaseDeps } from './role-lease.ts';

export type HolderDeps = Pick<LeaseDeps, 'clock' | 'hasEnded'> & { readonly leases: Pick<LeaseStore, 'get'> };

/**
 * Who of the holders of these leases lives, by the rules that a standby takes over by: one that is dead is known at once where its
 * process is known to have ended, and after 10 s otherwise.
 *
 * @returns `living` null: all are dead, or nobody held anything
 */
export async function findHolders(
  names: readonly string[],
  deps: HolderDeps,
): Promise<{ readonly living: string | null; readonly dead: readonly string[] }> {
  const dead: string[] = [];
  for (const name of names) {
    const lease = await deps.leases.get(name);
    const holder = lease?.holder ?? null;
    if (lease === null || holder === null || dead.includes(holder)) continue;
    const other = await stirring(name, { ...lease, holder }, deps);
    if (other !== null) return { living: other, dead };
    dead.push(holder);
  }
  return { living: null, dead };
}

/** Whoever shows that it lives while we look, the holder or who took over from it; null for nobody. */
async function stirring(name: string, seen: Lease & { holder: string }, deps: HolderDeps): Promise<string | null> {
  for (let looks = 0; looks < looksUntilDead; looks++) {
    if (deps.hasEnded(seen.holder)) return null;
    await deps.clock.sleep(deps.clock.fromReal(beatMs));
    const lease = await deps.leases.get(name);
    if (lease?.holder === null) return null;
    if (lease && (lease.holder !== seen.holder || lease.beat !== seen.beat)) return lease.holder;
  }
  return null;
}
