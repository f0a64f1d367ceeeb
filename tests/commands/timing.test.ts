import { describe, expect, it } from 'vitest';
import { atOnce, readTiming, saysWhen } from '../../src/commands/timing.ts';

const present = { hour: 9, quiet: { from: 22, until: 7 }, zone: 'Europe/Berlin' };
const plain = { hour: null, quiet: null, zone: 'UTC' };

describe('readTiming', () => {
  it('leaves what the options do not say', () => {
    expect(readTiming({ query: 'gpu' }, present)).toEqual({ ok: true, value: present });
  });

  it.each([
    [{ hour: 0 }, { hour: 0 }],
    [
      { hour: 23, zone: 'asia/tokyo' },
      { hour: 23, zone: 'Asia/Tokyo' },
    ],
    [{ hour: atOnce }, { hour: null }],
    [{ quiet: '22-7' }, { quiet: { from: 22, until: 7 } }],
    [{ quiet: ' 22:00 – 07:00 ' }, { quiet: { from: 22, until: 7 } }],
    [
      { quiet: '9 to 17', hour: 17 },
      { quiet: { from: 9, until: 17 }, hour: 17 },
    ],
    [{ quiet: '18-24' }, { quiet: { from: 18, until: 0 } }],
    [{ quiet: 'None' }, { quiet: null }],
  ])('reads %o', (options, changed) => {
    expect(readTiming(options, plain)).toEqual({ ok: true, value: { ...plain, ...changed } });
  });

  it('ends hours and quiet hours that there were', () => {
    expect(readTiming({ hour: atOnce, quiet: 'none' }, present)).toEqual({
      ok: true,
      value: { hour: null, quiet: null, zone: 'Europe/Berlin' },
    });
  });

  it.each<[object, RegExp]>([
    [{ hour: 24 }, /`hour` takes a number up to 23/],
    [{ hour: 1.5 }, /`hour` takes a whole number/],
    [{ zone: 'Mars/Olympus' }, /do not know that time zone/],
    [{ quiet: 'nights' }, /two full hours of the day, such as `22-7`/],
    [{ quiet: '22-25' }, /two full hours of the day/],
    [{ quiet: '22:30-7' }, /two full hours of the day/],
    [{ quiet: '0-24' }, /two different hours/],
    [{ quiet: '8-8' }, /two different hours/],
  ])('says what is wrong with %o', (options, sentence) => {
    expect(readTiming({ ...options }, plain)).toEqual({ ok: false, error: expect.stringMatching(sentence) });
  });

  it.each([
    [{ hour: 23 }, present],
    [{ hour: 22 }, present],
    [{ quiet: '8-10' }, present],
    [{ hour: 6, quiet: '22-7' }, plain],
  ])('refuses an hour inside quiet hours: %o', (options, before) => {
    expect(readTiming(options, before)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^Nothing could come at \d+:00: it is quiet from \d+:00 to \d+:00\./),
    });
  });

  it('takes the hour at which quiet ends', () => {
    expect(readTiming({ hour: 7, quiet: '22-7' }, plain).ok).toBe(true);
  });
});

describe('saysWhen', () => {
  it.each([
    [{ id: 'a' }, false],
    [{ id: 'a', hour: 0 }, true],
    [{ id: 'a', quiet: 'none' }, true],
    [{ id: 'a', zone: 'UTC' }, true],
  ])('of %o: %s', (options, expected) => {
    expect(saysWhen(options)).toBe(expected);
  });
});
