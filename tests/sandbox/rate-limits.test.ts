import { describe, expect, it } from 'vitest';
import { createRateLimits } from '../../src/sandbox/rate-limits.ts';
import { runSandbox } from './running-sandbox.ts';

const post = {
  method: 'POST',
  path: '/channels/:id/messages',
  access: 'bot',
  limit: { count: 5, windowMs: 5_000 },
} as const;

describe('createRateLimits', () => {
  it('refuses the sixth message of a channel in five seconds, not that of another channel', () => {
    let nowMs = 1_000_000;
    const limits = createRateLimits('real', { now: () => nowMs });
    const first = limits.count(post, '1');
    expect(first).toMatchObject({
      refused: null,
      headers: {
        'x-ratelimit-limit': '5',
        'x-ratelimit-remaining': '4',
        'x-ratelimit-reset': '1005.000',
        'x-ratelimit-reset-after': '5.000',
      },
    });
    for (let n = 0; n < 4; n += 1) expect(limits.count(post, '1').refused).toBeNull();
    nowMs += 1_500;
    expect(limits.count(post, '1')).toMatchObject({
      refused: { retryAfterS: 3.5, global: false },
      headers: { 'retry-after': '4', 'x-ratelimit-remaining': '0', 'x-ratelimit-scope': 'user' },
    });
    expect(limits.count(post, '2').refused).toBeNull();
    nowMs += 3_500;
    expect(limits.count(post, '1').refused).toBeNull();
  });

  it('refuses the fifty-first request of a second whatever its route, answers to interactions aside', () => {
    let nowMs = 0;
    const limits = createRateLimits('real', { now: () => nowMs });
    for (let n = 0; n < 50; n += 1) expect(limits.count(post, String(n)).refused).toBeNull();
    const refused = limits.count(post, '50');
    expect(refused.refused).toEqual({ retryAfterS: 1, global: true });
    expect(refused.headers).toMatchObject({ 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' });
    expect(
      limits.count({ ...post, path: '/interactions/:id/:token/callback', access: 'open' }, 't').refused,
    ).toBeNull();
    nowMs += 1_000;
    expect(limits.count(post, '50').refused).toBeNull();
  });

  it('is a hundred times wider when fast, and absent when off', () => {
    const fast = createRateLimits('fast', { now: () => 0 });
    expect(fast.count(post, '1').headers).toMatchObject({ 'x-ratelimit-limit': '500' });
    expect(createRateLimits('off', { now: () => 0 }).count(post, '1')).toEqual({ headers: {}, refused: null });
  });

  it('speaks over HTTP as Discord does', async () => {
    const sandbox = await runSandbox({ limits: 'real', now: () => Date.UTC(2026, 10, 22) });
    const send = () => sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content: 'x' });
    for (let n = 0; n < 5; n += 1) expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused).toMatchObject({
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 5, global: false },
    });
    expect(refused.headers.get('retry-after')).toBe('5');
  });
});
