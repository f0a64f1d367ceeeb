import { describe, expect, it } from 'vitest';
import { retry } from '../../src/lib/retry.ts';

/** Fails `failures` times, then gives the number of the try. */
function failing(failures: number): { readonly tries: () => number; action(): Promise<number> } {
  let tries = 0;
  return {
    tries: () => tries,
    action: () => {
      tries += 1;
      return tries <= failures ? Promise.reject(new Error(`failure ${tries}`)) : Promise.resolve(tries);
    },
  };
}

function patience(isWorth: (thrown: unknown) => boolean = () => true) {
  const slept: number[] = [];
  const told: unknown[] = [];
  function sleep(durationMs: number, thrown: unknown): Promise<void> {
    slept.push(durationMs);
    told.push(thrown);
    return Promise.resolve();
  }
  return { slept, told, isWorth, delaysMs: [10, 20], sleep };
}

describe('retry', () => {
  it('does once what succeeds', async () => {
    const how = patience();
    expect(await retry(failing(0).action, how)).toBe(1);
    expect(how.slept).toEqual([]);
  });

  it('waits longer from try to try', async () => {
    const how = patience();
    expect(await retry(failing(2).action, how)).toBe(3);
    expect(how.slept).toEqual([10, 20]);
    expect(how.told).toEqual([new Error('failure 1'), new Error('failure 2')]);
  });

  it('gives up after the last delay, with the last failure', async () => {
    const { action, tries } = failing(9);
    await expect(retry(action, patience())).rejects.toThrow('failure 3');
    expect(tries()).toBe(3);
  });

  it('does not repeat what will not pass', async () => {
    const { action, tries } = failing(9);
    const how = patience(() => false);
    await expect(retry(action, how)).rejects.toThrow('failure 1');
    expect([tries(), how.slept.length]).toEqual([1, 0]);
  });
});
