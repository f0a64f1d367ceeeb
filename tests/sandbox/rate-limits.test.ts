import { describe, expect, it } from 'vitest';
import { createRateLimits, rateRefusalBody } from '../../src/sandbox/rate-limits.ts';
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
      refused: { retryAfterS: 3.5, scope: 'user' },
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
    expect(refused.refused).toEqual({ retryAfterS: 1, scope: 'global' });
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

  it('counts routes of one bucket together, and channels each for itself', () => {
    const limits = createRateLimits('real', { now: () => 0 });
    const edit = { ...post, method: 'PATCH', bucket: 'write' } as const;
    const remove = { ...post, method: 'DELETE', bucket: 'write' } as const;
    for (let n = 0; n < 5; n += 1) expect(limits.count(edit, '1').refused).toBeNull();
    const refused = limits.count(remove, '1');
    expect(refused.refused).toEqual({ retryAfterS: 5, scope: 'user' });
    expect(refused.headers['x-ratelimit-bucket']).toBe(limits.count(edit, '2').headers['x-ratelimit-bucket']);
    expect(limits.count(post, '1').refused).toBeNull();
  });

  it('tells whose limit it is where the resource’s is reached', () => {
    const limits = createRateLimits('real', { now: () => 0 });
    const crosspost = { ...post, limit: { count: 1, windowMs: 3_600_000, scope: 'shared' } } as const;
    expect(limits.count(crosspost, '1').refused).toBeNull();
    const { refused, headers } = limits.count(crosspost, '1');
    expect(refused).toEqual({ retryAfterS: 3_600, scope: 'shared' });
    expect(headers).toMatchObject({ 'x-ratelimit-scope': 'shared', 'x-ratelimit-limit': '1', 'retry-after': '3600' });
    expect(refused && rateRefusalBody(refused)).toEqual({
      message: 'The resource is being rate limited.',
      retry_after: 3_600,
      global: false,
      code: 0,
    });
  });

  it('counts on through any number of channels', () => {
    let nowMs = 0;
    const limits = createRateLimits('real', { now: () => nowMs });
    const open = { ...post, access: 'open' } as const;
    for (let n = 0; n < 30_000; n += 1) {
      nowMs = Math.floor(n / 10);
      expect(limits.count(open, String(n)).headers['x-ratelimit-remaining']).toBe('4');
    }
    expect(limits.count(open, '29999').headers['x-ratelimit-remaining']).toBe('3');
    nowMs += 5_000;
    expect(limits.count(open, '29999').headers['x-ratelimit-remaining']).toBe('4');
  });

  it('forgets what was counted when told to', () => {
    const limits = createRateLimits('real', { now: () => 0 });
    for (let n = 0; n < 50; n += 1) limits.count(post, String(n % 10));
    expect(limits.count(post, '1').refused).not.toBeNull();
    limits.clear();
    expect(limits.count(post, '1').refused).toBeNull();
  });

  it('counts nothing for who has no right to ask, and a body that is no good like any other', async () => {
    const sandbox = await runSandbox({ limits: 'real', now: () => Date.UTC(2026, 10, 22) });
    const path = `/channels/${sandbox.general}/messages`;
    const unauthorised = await sandbox.api('POST', path, { content: 'x' }, { authorization: 'Bot wrong' });
    expect(unauthorised.status).toBe(401);
    expect(unauthorised.headers.has('x-ratelimit-limit')).toBe(false);
    expect((await sandbox.api('POST', path, '{')).headers.get('x-ratelimit-remaining')).toBe('4');
    expect((await sandbox.api('POST', path, {})).headers.get('x-ratelimit-remaining')).toBe('3');
    expect((await sandbox.api('POST', path, { content: 'x' })).headers.get('x-ratelimit-remaining')).toBe('2');
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
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '5',
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '5.000',
      'x-ratelimit-bucket': expect.stringMatching(/^[0-9a-f]{32}$/),
      'x-ratelimit-scope': 'user',
      via: expect.any(String),
    });
  });
});
