import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/discord/pacer.ts';
import { handClock, settled } from '../builders/clocks.ts';

/** Makes `count` requests at once, that are answered at once; when each left, in milliseconds. */
function turns(count: number, pacer: ReturnType<typeof createPacer>, clock: ReturnType<typeof handClock>): number[] {
  const at: number[] = [];
  for (let turn = 0; turn < count; turn++) void pacer.pace(async () => at.push(clock.monotonic()));
  return at;
}

/** The most of `times` that lie within one second, wherever it begins. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));
}

describe('createPacer', () => {
  it('spreads turns evenly, whoever asks for many at once', async () => {
    const clock = handClock();
    const at = turns(5, createPacer(40, clock), clock);
    await clock.pass(1_000);
    expect(at).toEqual([0, 25, 50, 75, 100]);
  });

  it('makes up for a little that was missed, and for no more', async () => {
    const clock = handClock();
    const pacer = createPacer(40, clock);
    await clock.pass(60_000);
    const at = turns(60, pacer, clock);
    await clock.pass(1_000);
    // A quarter of a second's worth at once, then evenly.
    expect(at.filter((ms) => ms === 60_000)).toHaveLength(11);
    expect(at.slice(11, 14)).toEqual([60_025, 60_050, 60_075]);
    expect(at.filter((ms) => ms < 61_000)).toHaveLength(50);
  });

  it('lets nobody through while it is held, and spreads those who waited afterwards', async () => {
    const clock = handClock();
    const pacer = createPacer(40, clock);
    const at = turns(4, pacer, clock);
    await clock.pass(10);
    pacer.hold(2_000);
    await clock.pass(1_000);
    pacer.hold(500);
    at.push(...turns(0, pacer, clock));
    await clock.pass(2_000);
    expect(at).toEqual([0, 2_010, 2_035, 2_060]);
  });

  it('counts in Discord’s seconds on a clock that runs faster', async () => {
    const clock = { ...handClock(), fromReal: (realMs: number) => realMs * 60 };
    const at = turns(3, createPacer(40, clock), clock);
    await clock.pass(10_000);
    expect(at).toEqual([0, 1_500, 3_000]);
  });

  it('is not led astray by a clock that is set', async () => {
    const clock = handClock();
    const at = turns(3, createPacer(40, clock), clock);
    await settled();
    clock.set(-3_600_000);
    await clock.pass(50);
    expect(at).toEqual([0, 25, 50]);
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
