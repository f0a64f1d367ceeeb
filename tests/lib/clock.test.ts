import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it('has spans that run at its rate', async () => {
    const clock = createClock({ rate: 1_000_000 });
    const from = clock.monotonic();
    await clock.sleep(3_600_000);
    expect(clock.monotonic() - from).toBeGreaterThanOrEqual(3_600_000);
    expect(clock.fromReal(5)).toBe(5_000_000);
    expect(createClock().fromReal(5)).toBe(5);
  });

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('follows the machine’s clock when that is set %s; spans and sleepers do not', async (_direction, byMs) => {
    const clock = createClock();
    const [now, from] = [clock.now(), clock.monotonic()];
    const sleeping = clock.sleep(20);
    const real = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => real() + byMs);
    onTestFinished(() => void vi.restoreAllMocks());
    expect(Math.abs(clock.now() - now - byMs)).toBeLessThan(60_000);
    await sleeping;
    // Neither at once nor an hour later: this test would not end.
    expect(clock.monotonic() - from).toBeGreaterThanOrEqual(20);
    expect(clock.monotonic() - from).toBeLessThan(60_000);
  });

  it('does not follow the machine’s clock where it starts elsewhere', () => {
    const clock = createClock({ startAtMs: 0 });
    vi.spyOn(Date, 'now').mockImplementation(() => 0);
    onTestFinished(() => void vi.restoreAllMocks());
    expect(clock.now()).toBeLessThan(60_000);
    expect(clock.now()).toBeGreaterThanOrEqual(0);
  });

  it('sleeps no longer than asked for nothing, and longer than a timer can', async () => {
    await createClock().sleep(0);
    await createClock().sleep(-5);
    const stopping = new AbortController();
    let isAwake = false;
    const sleeping = createClock()
      .sleep(2 ** 33, stopping.signal)
      .then(() => (isAwake = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isAwake).toBe(false);
    stopping.abort();
    await sleeping;
  });
});
