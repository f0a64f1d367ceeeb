import { describe, expect, it } from 'vitest';
import { dueAt } from '../../src/pipeline/due.ts';

const at = (instant: string) => Date.parse(instant);

describe('dueAt', () => {
  it('is now without an hour', () => {
    expect(dueAt({ hour: null, quiet: null, zone: 'Europe/Berlin' }, 5)).toBe(5);
  });

  it('is the next time the clock of that zone shows the hour', () => {
    const berlin = { hour: 8, quiet: null, zone: 'Europe/Berlin' };
    expect(dueAt(berlin, at('2025-05-23T00:05:00Z'))).toBe(at('2025-05-23T06:00:00Z'));
    expect(dueAt(berlin, at('2025-05-23T06:00:00Z'))).toBe(at('2025-05-23T06:00:00Z'));
    expect(dueAt(berlin, at('2025-05-23T06:00:01Z'))).toBe(at('2025-05-24T06:00:00Z'));
  });

  it('follows daylight saving', () => {
    const newYork = { hour: 2, quiet: null, zone: 'America/New_York' };
    // On 9 March 2025 the clock went from 02:00 to 03:00 there.
    expect(dueAt(newYork, at('2025-03-09T06:30:00Z'))).toBe(at('2025-03-09T07:00:00Z'));
    expect(dueAt({ hour: 7, quiet: null, zone: 'America/New_York' }, at('2025-11-01T12:00:00Z'))).toBe(
      at('2025-11-02T12:00:00Z'),
    );
  });
});
