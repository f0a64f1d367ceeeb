import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { startScheduler } from '../../src/scheduler/scheduler.ts';

const log = createLog('silent');

describe('startScheduler', () => {
  it('ticks at once, and again while time passes, one run at a time', async () => {
    let running = 0;
    let most = 0;
    let ticks = 0;
    const { promise: thrice, resolve } = Promise.withResolvers<void>();
    const scheduler = startScheduler(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((done) => setTimeout(done, 1_200));
        running -= 1;
        ticks += 1;
        if (ticks === 3) resolve();
      },
      { clockRate: 60, log },
    );
    await thrice;
    await scheduler.stop();
    expect(most).toBe(1);
    expect(running).toBe(0);
  });

  it('goes on after a tick that failed', async () => {
    let ticks = 0;
    const { promise: again, resolve } = Promise.withResolvers<void>();
    const scheduler = startScheduler(
      () => {
        ticks += 1;
        if (ticks === 1) return Promise.reject(new Error('first'));
        resolve();
        return Promise.resolve();
      },
      { clockRate: 60, log },
    );
    await again;
    await scheduler.stop();
    expect(ticks).toBeGreaterThanOrEqual(2);
  });

  it('tells a running tick to stop, and waits for it', async () => {
    let ended = false;
    const scheduler = startScheduler(
      async (signal) => {
        await new Promise((done) => signal.addEventListener('abort', done));
        ended = true;
      },
      { clockRate: 1, log },
    );
    await scheduler.stop();
    expect(ended).toBe(true);
  });
});

describe('startScheduler, when the machine’s clock is set', () => {
  it.each([
    ['back by an hour', -3_600_000],
    ['forward by a year', 365 * 24 * 3_600_000],
  ])('goes on ticking with a clock set %s', async (_name, jumpMs) => {
    let ticks = 0;
    let { promise: next, resolve } = Promise.withResolvers<void>();
    const scheduler = startScheduler(
      async () => {
        ticks += 1;
        resolve();
      },
      { clockRate: 60, log },
    );
    await next;
    vi.stubGlobal('Date', clockSetBy(jumpMs));
    onTestFinished(() => void vi.unstubAllGlobals());
    ticks = 0;
    ({ promise: next, resolve } = Promise.withResolvers<void>());
    await next;
    await scheduler.stop();
    expect(ticks).toBeGreaterThan(0);
  });
});

/** The machine's clock, running on from another time. */
function clockSetBy(jumpMs: number): DateConstructor {
  const real = Date;
  const now = () => real.now() + jumpMs;
  return new Proxy(Date, {
    construct: (target, given) => (given.length === 0 ? new target(now()) : Reflect.construct(target, given)),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}
