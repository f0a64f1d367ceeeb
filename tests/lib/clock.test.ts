import { describe, expect, it } from 'vitest';
import { createClock } from '../../src/lib/clock.ts';

describe('createClock', () => {
  it('starts where it is told and runs at its rate', async () => {
    const start = Date.parse('2025-05-23T00:05:00Z');
    const clock = createClock({ startAtMs: start, rate: 1_000_000 });
    await clock.sleep(3_600_000);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 3_600_000);
  });

  it('is the machine’s clock by default', () => {
    expect(Math.abs(createClock().now() - Date.now())).toBeLessThan(1_000);
  });

  it('wakes a sleeper when told to stop, without complaint', async () => {
    const stopping = new AbortController();
    const slept = createClock().sleep(3_600_000, stopping.signal);
    stopping.abort();
    await expect(slept).resolves.toBeUndefined();
    await expect(createClock().sleep(3_600_000, stopping.signal)).resolves.toBeUndefined();
  });
});
