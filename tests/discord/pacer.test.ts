import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/discord/pacer.ts';
import { handClock, settled } from '../builders/clocks.ts';

/** Takes `count` turns at once; when each came, in milliseconds. */
function turns(count: number, pacer: ReturnType<typeof createPacer>, clock: ReturnType<typeof handClock>): number[] {
  const at: number[] = [];
  for (let turn = 0; turn < count; turn++) void pacer.turn().then(() => at.push(clock.monotonic()));
  return at;
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
});
