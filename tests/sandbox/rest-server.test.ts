import { describe, expect, it } from 'vitest';
import { runSandbox } from './running-sandbox.ts';

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
    expect(await sandbox.api('PUT', messages, {})).toMatchObject({
      status: 405,
      body: { message: '405: Method Not Allowed', code: 0 },
    });
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

  it('speaks version 10, by its name or without one', async () => {
    const sandbox = await runSandbox();
    const headers = { authorization: `Bot ${sandbox.ready.token}` };
    const at = async (path: string) => {
      const response = await fetch(`${sandbox.ready.api}${path}/users/@me`, { headers });
      return { status: response.status, body: await response.json() };
    };
    for (const version of ['', '/v10']) expect(await at(version)).toMatchObject({ status: 200 });
    for (const version of ['/v1', '/v5', '/v11', '/v100']) {
      expect(await at(version)).toEqual({ status: 400, body: { message: 'Invalid API version', code: 50041 } });
    }
    expect(await at('/vx')).toEqual({ status: 404, body: { message: '404: Not Found', code: 0 } });
  });

  it('logs each request with its route, path, status and body, and no token of an interaction', async () => {
    const sandbox = await runSandbox();
    await sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content: 'x' });
    await sandbox.api('GET', '/nothing');
    await sandbox.api('POST', '/interactions/1/secret/callback', { type: 1 });
    await sandbox.api('PUT', '/webhooks/1/%73ecret/messages/2?wait=true', {});
    const path = `/channels/${sandbox.general}/messages`;
    const log = (await sandbox.control('GET', '/log')).body;
    expect(log).toMatchObject([
      {
        method: 'POST',
        route: 'POST /channels/:id/messages',
        path,
        status: 200,
        body: { content: 'x' },
        response: { content: 'x', channel_id: sandbox.general },
      },
      { method: 'GET', route: null, path: '/nothing', status: 404, response: { code: 0 } },
      { route: 'POST /interactions/:id/:token/callback', path: '/interactions/1/:token/callback', status: 404 },
      { method: 'PUT', route: null, path: '/webhooks/1/:token/messages/2?wait=true', status: 405 },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/secret|%73/);
  });
});
