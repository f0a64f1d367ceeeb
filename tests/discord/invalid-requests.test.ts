import { describe, expect, it } from 'vitest';
import { createInvalidRequests } from '../../src/discord/invalid-requests.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { recordingLog } from '../pipeline/two-channels.ts';

const minuteMs = 60_000;

function counter(most: number) {
  const clock = jumpingClock();
  const { log, logged } = recordingLog();
  return { clock, logged, invalid: createInvalidRequests(clock, log, most) };
}

describe('createInvalidRequests', () => {
  it('counts what Discord counts: 401, 403, and 429 but for limits that are shared', () => {
    const { invalid } = counter(4);
    for (const status of [200, 400, 404, 500, 502]) invalid.count(status, null);
    invalid.count(429, 'shared');
    for (const [status, scope] of [
      [401, null],
      [403, null],
      [429, 'user'],
    ] as const)
      invalid.count(status, scope);
    expect(invalid.isTooMany()).toBe(false);
    invalid.count(429, 'global');
    expect(invalid.isTooMany()).toBe(true);
  });

  it('forgets after ten minutes, and says once that it stopped and once that it goes on', async () => {
    const { invalid, clock, logged } = counter(2);
    invalid.count(403, null);
    await clock.sleep(5 * minuteMs);
    invalid.count(403, null);
    expect([invalid.isTooMany(), invalid.isTooMany()]).toEqual([true, true]);
    await clock.sleep(6 * minuteMs);
    expect([invalid.isTooMany(), invalid.isTooMany()]).toEqual([false, false]);
    expect(logged).toMatchObject([
      { level: 'error', message: expect.stringMatching(/^discord: 2 requests were refused within ten minutes/) },
      { level: 'warn', message: expect.stringMatching(/sending goes on/) },
    ]);
  });

  it('stops at half of what Discord blocks for', () => {
    const { log } = recordingLog();
    const invalid = createInvalidRequests(jumpingClock(), log);
    for (let refused = 0; refused < 4_999; refused++) invalid.count(403, null);
    expect(invalid.isTooMany()).toBe(false);
    invalid.count(403, null);
    expect(invalid.isTooMany()).toBe(true);
  });
});
