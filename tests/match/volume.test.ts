import { array, assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOfDay, rememberDay, startVolume } from '../../src/match/volume.ts';
import type { Volume } from '../../src/match/volume.ts';

/** A day of `count` papers whose best score 0.9, the next 0.9², and so on. */
function dayOf(count: number, ratio = 0.9): number[] {
  return Array.from({ length: count }, (_, index) => ratio ** (index + 1));
}

function sendDays(volume: Volume, days: readonly (readonly number[])[], cap = 25): { sent: number[]; volume: Volume } {
  const sent: number[] = [];
  let current = volume;
  for (const day of days) {
    const { chosen, volume: next } = chooseOfDay(current, day, cap);
    sent.push(chosen.length);
    current = next;
  }
  return { sent, volume: current };
}

describe('chooseOfDay', () => {
  it('sends the best of the first day', () => {
    expect(chooseOfDay(startVolume(2), [0.1, 0.5, 0, 0.3], 25).chosen).toEqual([1, 3]);
  });

  it('never chooses what has nothing in common', () => {
    expect(chooseOfDay(startVolume(5), [0, 0, 0.2], 25).chosen).toEqual([2]);
  });

  it('never sends more than the mean since the first day, nor more than the cap, and repeats itself', () => {
    const score = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(
        double({ min: 0.2, max: 8, noNaN: true }),
        array(array(score, { maxLength: 30 }), { maxLength: 30 }),
        integer({ min: 1, max: 12 }),
        (perDay, days, cap) => {
          const { sent } = sendDays(startVolume(perDay), days, cap);
          let total = 0;
          for (const [index, count] of sent.entries()) {
            total += count;
            // Two decimals a day are what rounding may give away.
            expect(total).toBeLessThanOrEqual((perDay + 0.005) * (index + 1) + 1e-3);
            expect(count).toBeLessThanOrEqual(cap);
          }
          expect(sendDays(startVolume(perDay), days, cap).sent).toEqual(sent);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('spends its budget where there is enough to send, and sends more on a rich day than on a quiet one', () => {
    const quiet = dayOf(20, 0.7);
    const rich = dayOf(20, 0.95);
    const days = Array.from({ length: 100 }, (_, index) => (index % 4 === 3 ? rich : quiet));
    const { sent } = sendDays(startVolume(3), days);
    const lately = sent.slice(60);
    const mean = lately.reduce((sum, count) => sum + count, 0) / lately.length;
    expect(mean).toBeGreaterThan(2.7);
    expect(mean).toBeLessThanOrEqual(3.1);
    expect(lately[3]).toBeGreaterThan(2 * (lately[2] ?? 0));
  });

  it('keeps a state of a few hundred bytes', () => {
    const { volume } = sendDays(
      startVolume(5),
      Array.from({ length: 60 }, () => dayOf(300, 0.99)),
    );
    expect(JSON.stringify(volume).length).toBeLessThan(500);
  });
});

describe('rememberDay', () => {
  it('lets the first day be chosen by the scores of the past, without spending', () => {
    let volume = startVolume(1);
    for (let day = 0; day < 10; day++) volume = rememberDay(volume, [0.8 + day / 100, 0.4, 0.3]);
    expect(volume.credit).toBe(0);
    expect(chooseOfDay(volume, [0.4, 0.3], 25).chosen).toEqual([]);
    expect(chooseOfDay(volume, [0.95, 0.4], 25).chosen).toEqual([0]);
  });
});
