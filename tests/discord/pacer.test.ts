import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/discord/pacer.ts';

/** A clock that stands still until it is moved. */
function handClock() {
  let now = 0;
  let sleepers: { readonly at: number; wake(): void }[] = [];
  return {
    monotonic: () => now,
    fromReal: (realMs: number) => realMs,
    sleep: (durationMs: number) =>
      new Promise<void>((resolve) => void sleepers.push({ at: now + durationMs, wake: resolve })),
    /** Time goes on a millisecond at a time, and everybody does what is to be done by then. */
    async pass(durationMs: number): Promise<void> {
      for (const end = now + durationMs; now < end;) {
        now += 1;
        await this.wake();
      }
    },
    /** Nobody notices until the end of it: the process was busy. */
    async stall(durationMs: number): Promise<void> {
      now += durationMs;
      await this.wake();
    },
    async wake(): Promise<void> {
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** The most of `times` that lie within one second, wherever it begins. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));
}

describe('createPacer', () => {
  it('spreads requests evenly', async () => {
    const clock = handClock();
    const pacer = createPacer(40, clock);
    const left: number[] = [];
    for (let count = 0; count < 100; count++) void pacer.pace(async () => void left.push(clock.monotonic()));
    await clock.pass(3_000);
    expect(left).toHaveLength(100);
    expect(mostInASecond(left)).toBeLessThanOrEqual(41);
    expect(Math.max(...left)).toBeLessThanOrEqual(2_475);
  });

  it('makes up for a turn missed by a little, not for a long idle time', async () => {
    const clock = handClock();
    const pacer = createPacer(40, clock);
    await clock.pass(5_000);
    const left: number[] = [];
    for (let count = 0; count < 90; count++) void pacer.pace(async () => void left.push(clock.monotonic()));
    await clock.pass(500);
    await clock.stall(400);
    await clock.pass(3_000);
    expect(left).toHaveLength(90);
    expect(mostInASecond(left)).toBe(50);
  });

  it('lets no more leave than Discord takes in a second, however late the network brings them', async () => {
    const clock = handClock();
    const pacer = createPacer(45, clock);
    const arrived: number[] = [];
    // All that left in a second and a half come at once at its end; what leaves later comes without delay.
    const late = clock.sleep(1_500);
    for (let count = 0; count < 100; count++)
      void pacer.pace(async () => {
        if (clock.monotonic() < 1_500) await late;
        arrived.push(clock.monotonic());
      });
    await clock.pass(1_499);
    expect(arrived).toEqual([]);
    await clock.pass(5_000);
    expect(arrived).toHaveLength(100);
    expect(mostInASecond(arrived)).toBe(50);
  });

  it('keeps its rate where every answer takes long', async () => {
    const clock = handClock();
    const pacer = createPacer(40, clock);
    const left: number[] = [];
    for (let count = 0; count < 500; count++)
      void pacer.pace(async () => {
        left.push(clock.monotonic());
        await clock.sleep(600);
      });
    await clock.pass(15_000);
    const settled = left.filter((time) => time > 5_000);
    expect(left).toHaveLength(500);
    expect(mostInASecond(settled)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...left)).toBeLessThan(14_000);
  });

  it('is silent while Discord wants silence, and goes on after a request that failed', async () => {
    const clock = handClock();
    const pacer = createPacer(40, clock);
    const left: number[] = [];
    const refused = pacer.pace(async () => {
      left.push(clock.monotonic());
      pacer.hold(2_000);
      throw new Error('429');
    });
    for (let count = 0; count < 3; count++) void pacer.pace(async () => void left.push(clock.monotonic()));
    await expect(refused).rejects.toThrow('429');
    await clock.pass(3_000);
    expect(left).toEqual([0, 2_000, 2_025, 2_050]);
  });
});
