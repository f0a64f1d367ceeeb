import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOfListing, dayVolume, offeredScore } from '../../src/match/day-volume.ts';
import { chooseOfDay, startVolume } from '../../src/match/volume.ts';

const date = '2025-05-23';
const fresh = (perDay: number) => dayVolume(date, startVolume(perDay));
const limit = { most: 25, cap: 25 };

/** Papers of these scores, named after the listing and their place in it. */
const papersOf = (name: string, scores: readonly number[]) =>
  scores.map((score, index) => ({ paper: `${name}${index}`, score }));

const dateOf = (day: number) => new Date(Date.parse(date) + day * 24 * 3_600_000).toISOString().slice(0, 10);

describe('chooseOfListing', () => {
  it('chooses of one listing what the budget chooses of the day', () => {
    const scores = [0.2, 0.9, 0.4];
    const { chosen, volume } = chooseOfListing(fresh(2), date, papersOf('a', scores), limit);
    expect([...chosen]).toEqual(['a1', 'a2']);
    expect(volume.after).toEqual(chooseOfDay(startVolume(2), scores, 25).volume);
  });

  it('lets all listings of a day share its budget, and the next day begin with what is left', () => {
    const first = chooseOfListing(fresh(2), date, papersOf('a', [0.3]), limit);
    const second = chooseOfListing(first.volume, date, papersOf('b', [0.5, 0.4]), limit);
    expect([...first.chosen, ...second.chosen]).toEqual(['a0', 'b0']);
    const third = chooseOfListing(second.volume, date, papersOf('c', [0.9]), limit);
    expect([...third.chosen]).toEqual([]);
    const next = chooseOfListing(third.volume, dateOf(3), papersOf('d', [0.9]), limit);
    expect([...next.chosen]).toEqual(['d0']);
    expect(next.volume.before).toEqual(third.volume.after);
  });

  it('offers a paper once a day', () => {
    const first = chooseOfListing(fresh(1), date, papersOf('a', [0.3, 0.2]), limit);
    const again = chooseOfListing(first.volume, date, papersOf('a', [0.3, 0.2]), limit);
    expect([...again.chosen]).toEqual([]);
    expect(again.volume).toEqual(first.volume);
  });

  it('counts a listing of an earlier announcement as part of the latest', () => {
    const today = chooseOfListing(fresh(2), dateOf(1), papersOf('a', [0.3, 0.2]), limit);
    const late = chooseOfListing(today.volume, date, papersOf('b', [0.9]), limit);
    expect(late.chosen.size).toBe(0);
    expect(late.volume.date).toBe(dateOf(1));
  });

  it('starts from nothing where less is asked for than was sent of the day already', () => {
    const morning = chooseOfListing(fresh(20), date, papersOf('a', Array(20).fill(0.5)), limit);
    expect(morning.chosen.size).toBe(20);
    const { volume } = morning;
    const lowered = { ...volume, before: { ...volume.before, perDay: 1 }, after: { ...volume.after, perDay: 1 } };
    const later = chooseOfListing(lowered, date, papersOf('b', [0.5]), limit);
    expect(later.chosen.size).toBe(0);
    let next = later.volume;
    let sent = 0;
    for (let day = 1; day <= 10; day += 1) {
      const scores = Array.from({ length: 40 }, (_, index) => ((index * 7 + day * 3) % 100) / 100);
      const chosen = chooseOfListing(next, dateOf(day), papersOf(`c${day}-`, scores), limit);
      next = chosen.volume;
      sent += chosen.chosen.size;
    }
    expect(sent).toBeGreaterThan(3);
    expect(sent).toBeLessThanOrEqual(10);
  });

  it('never sends more than about N a day on the mean, however the days are cut into listings', () => {
    const score = fc.integer({ min: 0, max: 10_000 }).map((tenThousandths) => tenThousandths / 10_000);
    const day = fc.array(fc.array(score, { maxLength: 12 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(day, { maxLength: 25 }), (perDay, days) => {
        let volume = fresh(perDay);
        let sent = 0;
        for (const [index, listings] of days.entries()) {
          let today = 0;
          for (const [number, scores] of listings.entries()) {
            const papers = papersOf(`${index}-${number}-`, scores);
            const chosen = chooseOfListing(volume, dateOf(index), papers, { most: 10 - today, cap: 10 });
            volume = chosen.volume;
            today += chosen.chosen.size;
          }
          sent += today;
          expect(today).toBeLessThanOrEqual(10);
          expect(sent).toBeLessThanOrEqual(perDay * (index + 1));
        }
      }),
    );
  });
});

describe('offeredScore', () => {
  it('puts first what was asked for by something that is no topic', () => {
    expect([offeredScore(0), offeredScore(0.3)]).toEqual([1, 0.3]);
    const byAuthor = chooseOfListing(fresh(2), date, papersOf('a', [0, 0, 0]), limit);
    expect([...byAuthor.chosen]).toEqual(['a0', 'a1']);
  });
});
