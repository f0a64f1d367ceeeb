import { describe, expect, it } from 'vitest';
import type { Lease } from '../../src/domain/ports.ts';
import { findHolders } from '../../src/scheduler/living-holder.ts';

/** Leases that answer one look after the other; the last answer stays. */
function looks(answers: Readonly<Record<string, readonly (Lease | null)[]>>, ended: readonly string[] = []) {
  const left = new Map(Object.entries(answers).map(([name, given]) => [name, [...given]]));
  const slept: number[] = [];
  const get = (name: string) => {
    const given = left.get(name) ?? [];
    return Promise.resolve((given.length > 1 ? given.shift() : given[0]) ?? null);
  };
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    fromReal: (ms: number) => ms,
    sleep: (ms: number) => Promise.resolve(void slept.push(ms)),
  };
  return { slept, deps: { leases: { get }, clock, hasEnded: (holder: string) => ended.includes(holder) } };
}

const names = ['gateway', 'worker'];

describe('findHolders', () => {
  it('finds nobody at once where nothing is held', async () => {
    const { deps, slept } = looks({ gateway: [{ holder: null, beat: 9 }] });
    expect(await findHolders(names, deps)).toEqual({ living: null, dead: [] });
    expect(slept).toEqual([]);
  });

  it('knows at once that a process has ended', async () => {
    const { deps, slept } = looks({ gateway: [{ holder: 'a', beat: 9 }], worker: [{ holder: 'a', beat: 4 }] }, ['a']);
    expect(await findHolders(names, deps)).toEqual({ living: null, dead: ['a'] });
    expect(slept).toEqual([]);
  });

  it('holds a holder for dead that does not stir for ten seconds', async () => {
    const { deps, slept } = looks({ worker: [{ holder: 'a', beat: 9 }] });
    expect(await findHolders(names, deps)).toEqual({ living: null, dead: ['a'] });
    expect(slept).toEqual([2_000, 2_000, 2_000, 2_000, 2_000]);
  });

  it('finds whoever beats, and whoever takes over from the dead', async () => {
    const beating = [1, 1, 2].map((beat) => ({ holder: 'a', beat }));
    expect(await findHolders(names, looks({ worker: beating }).deps)).toEqual({ living: 'a', dead: [] });
    const taken = ['a', 'a', 'b'].map((holder) => ({ holder, beat: 1 }));
    expect(await findHolders(names, looks({ gateway: taken }).deps)).toEqual({ living: 'b', dead: [] });
  });

  it('finds nobody where the holder releases the lease meanwhile', async () => {
    const released = [
      { holder: 'a', beat: 1 },
      { holder: null, beat: 2 },
    ];
    expect((await findHolders(names, looks({ worker: released }).deps)).living).toBeNull();
  });
});
