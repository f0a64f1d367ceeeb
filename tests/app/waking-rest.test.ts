import { describe, expect, it } from 'vitest';
import { createWakingRest } from '../../src/app/waking-rest.ts';
import { createClock } from '../../src/lib/clock.ts';

const hourMs = 3_600_000;

describe('createWakingRest', () => {
  it('ends when it is woken, as often as it is used', async () => {
    const rest = createWakingRest(createClock());
    for (let time = 0; time < 3; time++) {
      const resting = rest.sleep(hourMs);
      rest.wake();
      await expect(resting).resolves.toBeUndefined();
    }
  });

  it('ends when it is stopped, and by itself', async () => {
    const rest = createWakingRest(createClock());
    await rest.sleep(1);
    const stopping = new AbortController();
    const resting = rest.sleep(hourMs, stopping.signal);
    stopping.abort();
    await resting;
    expect(stopping.signal.aborted).toBe(true);
  });

  it('is not ended by a wake that came before it', async () => {
    const steps: string[] = [];
    const rest = createWakingRest({
      sleep: async (_ms, signal) => void steps.push(signal?.aborted ? 'woken' : 'rests'),
    });
    rest.wake();
    await rest.sleep(1);
    expect(steps).toEqual(['rests']);
  });
});
