import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

const order = (sandbox: RunningSandbox, fault: object) =>
  sandbox.control<{ message?: string }>('POST', '/faults', { route: 'POST /channels/:id/messages', ...fault });

/** Sends a message, and how many there are. */
const inGeneral = (sandbox: RunningSandbox) => {
  const path = `/channels/${sandbox.general}/messages`;
  return {
    send: () => sandbox.api('POST', path, { content: 'x' }),
    sentSoFar: async () => (await sandbox.api<unknown[]>('GET', path)).body.length,
  };
};

describe('a fault', () => {
  it('comes before or after the effect, as often as ordered', async () => {
    const sandbox = await runSandbox();
    const { send, sentSoFar } = inGeneral(sandbox);
    await order(sandbox, { status: 502, when: 'before', count: 2 });
    expect([(await send()).status, (await send()).status, await sentSoFar()]).toEqual([502, 502, 0]);
    await order(sandbox, { status: 500, when: 'after', count: 1 });
    expect([(await send()).status, await sentSoFar()]).toEqual([500, 1]);
    await order(sandbox, { status: 'reset', when: 'after', count: 1 });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(await sentSoFar()).toBe(2);
    await order(sandbox, { status: 403, when: 'before', count: 1, code: 50001 });
    expect(await send()).toMatchObject({ status: 403, body: { code: 50001 } });
    await order(sandbox, { status: 503, when: 'before', count: 9 });
    await sandbox.control('DELETE', '/faults');
    expect((await send()).status).toBe(200);
    expect(await order(sandbox, { status: 200 })).toMatchObject({ status: 400 });
  });

  it('leaves a request without an answer where it is a timeout', async () => {
    const sandbox = await runSandbox();
    await sandbox.control('POST', '/faults', { route: 'GET /users/@me', status: 'timeout' });
    const client = await logIn(sandbox, undefined, {
      rest: { api: sandbox.ready.api, version: '10', timeout: 50, retries: 0 },
    });
    await expect(client.rest.get('/users/@me')).rejects.toThrow('aborted');
    expect(await client.rest.get('/users/@me')).toMatchObject({ username: 'Paperboy' });
  });

  it('makes a request slow, whose answer is true all the same', async () => {
    const sandbox = await runSandbox();
    const { send, sentSoFar } = inGeneral(sandbox);
    await order(sandbox, { status: 'slow', delayMs: 20 });
    await order(sandbox, { status: 'slow', delayMs: 20, when: 'after' });
    expect(await send()).toMatchObject({ status: 200, body: { content: 'x' } });
    expect(await send()).toMatchObject({ status: 200, body: { content: 'x' } });
    expect(await sentSoFar()).toBe(2);
  });

  it('makes a request slow after its effect, which is there and logged before the answer', async () => {
    const sandbox = await runSandbox();
    const { send, sentSoFar } = inGeneral(sandbox);
    await order(sandbox, { status: 'slow', when: 'after', delayMs: 600_000 });
    let isAnswered = false;
    const sending = send().then(
      () => (isAnswered = true),
      () => null,
    );
    await until(async () => (await sentSoFar()) === 1);
    expect(isAnswered).toBe(false);
    const log = (await sandbox.control<{ method: string }[]>('GET', '/log')).body;
    expect(log.find(({ method }) => method === 'POST')).toMatchObject({ status: 200, response: { content: 'x' } });
    await sandbox.close();
    expect(await sending).toBeNull();
  });

  it('does not keep the sandbox open while it waits, nor takes effect afterwards', async () => {
    const sandbox = await runSandbox();
    const { send, sentSoFar } = inGeneral(sandbox);
    await order(sandbox, { status: 'slow', delayMs: 600_000 });
    await order(sandbox, { status: 'timeout' });
    const sending = Promise.allSettled([send(), send()]);
    await until(async () => (await sandbox.control<{ faults: [] }>('GET', '/faults')).body.faults.length === 0);
    expect(await sentSoFar()).toBe(0);
    await sandbox.close();
    expect((await sending).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('is a 429 with the headers of its bucket, of the bot or of the resource, or of the bot’s limit of all', async () => {
    const sandbox = await runSandbox();
    const { send } = inGeneral(sandbox);
    await order(sandbox, { status: 429, retryAfter: 2.5 });
    const user = await send();
    expect(user.body).toEqual({ message: 'You are being rate limited.', retry_after: 2.5, global: false, code: 0 });
    expect(Object.fromEntries(user.headers)).toMatchObject({
      'retry-after': '3',
      'x-ratelimit-scope': 'user',
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '2.500',
      'x-ratelimit-bucket': expect.any(String),
    });
    expect(user.headers.has('x-ratelimit-global')).toBe(false);

    await order(sandbox, { status: 429, scope: 'shared', code: 20028 });
    const shared = await send();
    expect(shared.body).toMatchObject({ retry_after: 1, global: false, code: 20028 });
    expect(Object.fromEntries(shared.headers)).toMatchObject({
      'retry-after': '1',
      'x-ratelimit-scope': 'shared',
      'x-ratelimit-remaining': '4',
    });

    await order(sandbox, { route: '* *', status: 429, scope: 'global' });
    const global = await send();
    expect(global.body).toMatchObject({ global: true });
    expect(Object.fromEntries(global.headers)).toMatchObject({
      'x-ratelimit-scope': 'global',
      'x-ratelimit-global': 'true',
    });
    expect(global.headers.has('x-ratelimit-bucket')).toBe(false);
  });

  it('is waited out by discord.js where it is a 429', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    for (const scope of ['user', 'shared', 'global']) {
      await order(sandbox, { route: 'GET /users/@me', status: 429, scope, retryAfter: 0.01 });
      expect(await client.rest.get('/users/@me')).toMatchObject({ username: 'Paperboy' });
    }
  });

  it('is a page and no JSON where what stands before Discord gives up, and Discord’s own words elsewhere', async () => {
    const sandbox = await runSandbox();
    const { send } = inGeneral(sandbox);
    for (const status of [502, 503, 504, 520]) {
      await order(sandbox, { status });
      const { headers } = await send();
      expect(headers.get('content-type')).toMatch(/^text\//);
      expect(headers.has('via')).toBe(false);
    }
    await order(sandbox, { status: 500 });
    expect((await send()).body).toEqual({ message: '500: Internal Server Error', code: 0 });
    await order(sandbox, { status: 401 });
    expect((await send()).body).toEqual({ message: '401: Unauthorized', code: 0 });
    await order(sandbox, { status: 403, code: 50001 });
    expect((await send()).body).toEqual({ message: 'Missing Access', code: 50001 });
  });

  it.each([
    { status: 204 },
    { status: 'late' },
    { status: 502, delayMs: 5 },
    { status: 500, scope: 'user' },
    { status: 'slow', retryAfter: 1 },
    { status: 'slow', delayMs: 600_001 },
    { status: 429, scope: 'bot' },
    { status: 429, retryAfter: -1 },
    { status: 429, count: 0 },
    { status: 429, route: 'channels' },
    { status: 429, often: 1 },
  ])('is refused with a sentence where it makes no sense: %j', async (fault) => {
    const sandbox = await runSandbox();
    const refused = await order(sandbox, fault);
    expect(refused.status).toBe(400);
    expect(refused.body.message).toMatch(/\w+.*\.$/);
    expect((await inGeneral(sandbox).send()).status).toBe(200);
  });
});

/** Asks again until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}
