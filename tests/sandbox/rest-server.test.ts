import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from './running-sandbox.ts';

describe('the REST server', () => {
  it('takes the bot’s token and no other', async () => {
    const sandbox = await runSandbox();
    for (const authorization of ['Bot wrong', sandbox.ready.token, '']) {
      expect(await sandbox.api('GET', '/users/@me', undefined, { authorization })).toMatchObject({
        status: 401,
        body: { message: '401: Unauthorized', code: 0 },
      });
    }
  });

  it('refuses nonsense with Discord’s kind of error, and goes on', async () => {
    const sandbox = await runSandbox();
    const messages = `/channels/${sandbox.general}/messages`;
    expect(await sandbox.api('GET', '/nothing/here')).toMatchObject({ status: 404, body: { code: 0 } });
    expect(await sandbox.api('PUT', messages, {})).toMatchObject({ status: 404, body: { code: 0 } });
    expect(await sandbox.api('POST', messages, '{"content":')).toMatchObject({ status: 400, body: { code: 50109 } });
    expect(await sandbox.api('GET', '/channels/%F0%9F', undefined)).toMatchObject({ status: 400 });
    expect(await sandbox.api('GET', '/users/not-an-id')).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { user_id: { _errors: [{ code: 'NUMBER_TYPE_COERCE' }] } } },
    });
    for (const body of [
      '[]',
      'null',
      '1',
      '"x"',
      '{"__proto__":{"content":1},"constructor":1,"embeds":{"length":9}}',
      '{"components":[[[[]]]]}',
    ]) {
      expect((await sandbox.api('POST', messages, body)).status).toBe(400);
    }
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(await sandbox.api('POST', messages, deep)).toMatchObject({ status: 400, body: { code: 50109 } });
    expect((await sandbox.api('POST', messages, { content: 'alive' })).status).toBe(200);
  });

  it('refuses a body over 25 MiB', async () => {
    const sandbox = await runSandbox();
    const body = JSON.stringify({ content: 'x'.repeat(25 * 1024 * 1024) });
    const answer = await sandbox.api('POST', `/channels/${sandbox.general}/messages`, body);
    expect(answer).toMatchObject({ status: 413, body: { code: 40005 } });
  });

  it('logs each request with its route, path, status and body, and no token of an interaction', async () => {
    const sandbox = await runSandbox();
    await sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content: 'x' });
    await sandbox.api('GET', '/nothing');
    await sandbox.api('POST', '/interactions/1/secret/callback', { type: 1 });
    const path = `/channels/${sandbox.general}/messages`;
    const log = (await sandbox.control('GET', '/log')).body;
    expect(log).toMatchObject([
      { method: 'POST', route: 'POST /channels/:id/messages', path, status: 200, body: { content: 'x' } },
      { method: 'GET', route: null, path: '/nothing', status: 404 },
      { route: 'POST /interactions/:id/:token/callback', path: '/interactions/1/:token/callback', status: 404 },
    ]);
    expect(JSON.stringify(log)).not.toContain('secret');
  });

  it('makes the faults that were ordered, before or after the effect, as often as ordered', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/messages`;
    const send = () => sandbox.api('POST', path, { content: 'x' });
    const sentSoFar = async () => (await sandbox.api<unknown[]>('GET', path)).body.length;
    const order = (fault: object) =>
      sandbox.control('POST', '/faults', { route: 'POST /channels/:id/messages', ...fault });

    await order({ status: 502, when: 'before', count: 2 });
    expect([(await send()).status, (await send()).status, await sentSoFar()]).toEqual([502, 502, 0]);
    await order({ status: 500, when: 'after', count: 1 });
    expect([(await send()).status, await sentSoFar()]).toEqual([500, 1]);
    await order({ status: 'reset', when: 'after', count: 1 });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(await sentSoFar()).toBe(2);
    await order({ status: 403, when: 'before', count: 1, code: 50001 });
    expect(await send()).toMatchObject({ status: 403, body: { code: 50001 } });
    await order({ status: 503, when: 'before', count: 9 });
    await sandbox.control('DELETE', '/faults');
    expect((await send()).status).toBe(200);
    expect(await order({ status: 200 })).toMatchObject({ status: 400 });
  });

  it('leaves a request without an answer when told to', async () => {
    const sandbox = await runSandbox();
    await sandbox.control('POST', '/faults', { route: 'GET /users/@me', status: 'timeout' });
    const client = await logIn(sandbox, undefined, {
      rest: { api: sandbox.ready.api, version: '10', timeout: 50, retries: 0 },
    });
    await expect(client.rest.get('/users/@me')).rejects.toThrow('aborted');
    expect(await client.rest.get('/users/@me')).toMatchObject({ username: 'Paperboy' });
  });
});
