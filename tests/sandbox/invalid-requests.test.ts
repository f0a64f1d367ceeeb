import { describe, expect, it } from 'vitest';
import { createInvalidRequests } from '../../src/sandbox/invalid-requests.ts';
import { runSandbox } from './running-sandbox.ts';

describe('createInvalidRequests', () => {
  it('bans at the ten-thousandth answer of 401, 403 or 429 in ten minutes, until they are over', () => {
    let nowMs = 1_000;
    const invalid = createInvalidRequests('real', { now: () => nowMs });
    for (let n = 0; n < 9_999; n += 1) invalid.count([401, 403, 429][n % 3] ?? 0, undefined);
    for (const status of [200, 204, 400, 404, 500]) invalid.count(status, undefined);
    invalid.count(429, 'shared');
    expect(invalid.bannedForS()).toBeNull();
    nowMs += 60_000;
    invalid.count(429, 'user');
    expect(invalid.bannedForS()).toBe(540);
    expect(invalid.view()).toEqual({
      invalidRequests: { count: 10_000, limit: 10_000, windowEndsInMs: 540_000 },
      banned: true,
    });
    invalid.count(429, undefined);
    nowMs += 540_000;
    expect(invalid.bannedForS()).toBeNull();
    expect(invalid.view()).toEqual({
      invalidRequests: { count: 0, limit: 10_000, windowEndsInMs: null },
      banned: false,
    });
  });

  it('is a hundred times more patient when fast, and only counts when off', () => {
    const fast = createInvalidRequests('fast', { now: () => 0 });
    const off = createInvalidRequests('off', { now: () => 0 });
    for (let n = 0; n < 20_000; n += 1) {
      fast.count(401, undefined);
      off.count(401, undefined);
    }
    expect(fast.view()).toMatchObject({ invalidRequests: { count: 20_000, limit: 1_000_000 }, banned: false });
    expect(off.view()).toMatchObject({ invalidRequests: { count: 20_000, limit: null }, banned: false });
  });

  it('shuts everybody out over HTTP, as what stands before Discord does, until it is forgiven', async () => {
    const sandbox = await runSandbox({ limits: 'real', now: () => Date.UTC(2026, 10, 22) });
    expect((await sandbox.control('GET', '/limits')).body).toEqual({
      mode: 'real',
      invalidRequests: { count: 0, limit: 10_000, windowEndsInMs: null },
      banned: false,
    });
    await sandbox.control('POST', '/faults', { route: 'GET /gateway', status: 403, count: 1 });
    await sandbox.control('POST', '/faults', { route: 'GET /gateway', status: 429, scope: 'shared' });
    expect([(await sandbox.api('GET', '/gateway')).status, (await sandbox.api('GET', '/gateway')).status]).toEqual([
      403, 429,
    ]);
    expect((await sandbox.control('GET', '/limits')).body).toMatchObject({ invalidRequests: { count: 1 } });

    const intrude = () => sandbox.api('GET', '/users/@me', undefined, { authorization: 'Bot wrong' });
    for (let sent = 1; sent < 10_000; sent += 303) await Promise.all(Array.from({ length: 303 }, intrude));
    expect((await sandbox.control('GET', '/limits')).body).toMatchObject({
      invalidRequests: { count: 10_000, windowEndsInMs: 600_000 },
      banned: true,
    });
    for (const path of ['/users/@me', '/gateway', '/nothing']) {
      const response = await fetch(`${sandbox.ready.api}/v10${path}`, {
        headers: { authorization: `Bot ${sandbox.ready.token}` },
      });
      expect([response.status, await response.text()]).toEqual([429, 'error code: 1015']);
      expect(response.headers.get('retry-after')).toBe('600');
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(response.headers.has('via')).toBe(false);
    }
    expect((await sandbox.control('DELETE', '/limits')).body).toMatchObject({
      invalidRequests: { count: 0 },
      banned: false,
    });
    expect((await sandbox.api('GET', '/users/@me')).status).toBe(200);
  });
});
