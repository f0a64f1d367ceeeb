import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openFoundation } from '../../src/app/foundation.ts';
import type { Foundation } from '../../src/app/foundation.ts';
import { takeRole } from '../../src/app/role.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { HeldLease } from '../../src/scheduler/role-lease.ts';
import { handClock, settled } from '../builders/clocks.ts';

let foundation: Foundation;
let clock: ReturnType<typeof handClock>;
let failures: unknown[];
beforeEach(async () => {
  clock = handClock();
  failures = [];
  const environment = readEnvironment({ DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent', DISCORD_TOKEN: 'token' });
  foundation = { ...(await openFoundation(environment)), clock };
  onTestFinished(() => foundation.store.close());
});

/** Takes the role of the worker, noting what is begun and ended. */
async function worker(begin: (lease: HeldLease) => void = () => {}) {
  const acts: string[] = [];
  const start = async (lease: HeldLease) => {
    begin(lease);
    acts.push('started');
    return async () => void acts.push('stopped');
  };
  const role = await takeRole('worker', foundation, start, (error) => failures.push(error));
  onTestFinished(role.stop);
  return { role, acts };
}

async function heldBy(): Promise<string | null | undefined> {
  return (await foundation.store.leases.get('worker'))?.holder;
}

async function takenOver(holder: string): Promise<void> {
  const { leases } = foundation.store;
  await leases.take('worker', await leases.get('worker'), holder);
}

describe('takeRole', () => {
  it('works where the role is free, and leaves it when it is stopped', async () => {
    const { role, acts } = await worker();
    expect(role.state()).toBe('working');
    await role.stop();
    expect([role.state(), acts]).toEqual(['standing by', ['started', 'stopped']]);
    expect(await heldBy()).toBeNull();
  });

  it('stands by while somebody else works, and takes over when they leave', async () => {
    await takenOver('other');
    const { role, acts } = await worker();
    expect([role.state(), acts]).toEqual(['standing by', []]);
    await foundation.store.leases.release('worker', 'other');
    await clock.pass(2_000);
    expect([role.state(), acts]).toEqual(['working', ['started']]);
  });

  it('stops its work when it lost the role, stands by, and works again in its turn', async () => {
    const { role, acts } = await worker();
    await takenOver('other');
    await clock.pass(2_000);
    expect([role.state(), acts]).toEqual(['standing by', ['started', 'stopped']]);
    expect(await heldBy()).toBe('other');
    // It dies.
    await clock.pass(14_000);
    expect([role.state(), acts]).toEqual(['working', ['started', 'stopped', 'started']]);
  });

  it('can be stopped while it stands by', async () => {
    await takenOver('other');
    const { role, acts } = await worker();
    await role.stop();
    expect([acts, await heldBy()]).toEqual([[], 'other']);
  });

  it('throws what kept its work from starting, and leaves the role', async () => {
    const refused = new Error('the token was refused');
    const starting = worker(() => {
      throw refused;
    });
    await expect(starting).rejects.toBe(refused);
    expect([await heldBy(), failures]).toEqual([null, [refused]]);
  });

  it('tells of what keeps its work from starting later on', async () => {
    const refused = new Error('the token was refused');
    await takenOver('other');
    const { role } = await worker(() => {
      throw refused;
    });
    await foundation.store.leases.release('worker', 'other');
    await clock.pass(2_000);
    await settled();
    expect([role.state(), failures]).toEqual(['standing by', [refused]]);
    expect(await heldBy()).toBeNull();
  });
});
