import { describe, expect, it } from 'vitest';
import { readZone, suggestZones } from '../../src/commands/zones.ts';

const deps = {
  clock: { now: () => Date.UTC(2025, 4, 23, 0, 5) },
  defaults: { zone: 'Pacific/Auckland', maxPapers: 25 },
};
const valuesOf = (typed: string) => suggestZones(typed, deps).map(({ value }) => value);

describe('suggestZones', () => {
  it('suggests the default first, with the time it is there', () => {
    expect(suggestZones('', deps)[0]).toEqual({ name: 'Pacific/Auckland (now 12:05)', value: 'Pacific/Auckland' });
    expect(suggestZones('', deps)[1]).toEqual({ name: 'America/New_York (now 20:05)', value: 'America/New_York' });
  });

  it.each([
    ['berl', 'Europe/Berlin'],
    ['NEW Y', 'America/New_York'],
    ['new_y', 'America/New_York'],
    ['kolk', 'Asia/Kolkata'],
    ['utc', 'UTC'],
  ])('finds %s', (typed, zone) => {
    expect(valuesOf(typed)).toContain(zone);
  });

  it('puts cities that begin so first, stops at 25, and knows nothing of the rest', () => {
    expect(valuesOf('lond')[0]).toBe('Europe/London');
    expect(valuesOf('a')).toHaveLength(25);
    expect(valuesOf('olympus')).toEqual([]);
  });

  it('keeps to the length of a choice', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      for (const { name } of suggestZones(letter, deps)) expect(name.length).toBeLessThanOrEqual(100);
    }
  });
});

describe('readZone', () => {
  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    [' America/New York ', 'America/New_York'],
    ['Kolkata', 'Asia/Kolkata'],
    ['tokyo', 'Asia/Tokyo'],
    ['US/Pacific', 'US/Pacific'],
    ['utc', 'UTC'],
  ])('reads %s', (written, zone) => {
    expect(readZone(written)).toEqual({ ok: true, value: zone });
  });

  it.each(['', 'Olympus', 'Europe'])('does not know %s', (written) => {
    expect(readZone(written)).toMatchObject({ ok: false });
  });
});
