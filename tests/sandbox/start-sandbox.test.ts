import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { runSandbox } from './running-sandbox.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ family }) => family === 'IPv6'),
);
const everywhere = [['0.0.0.0', '127.0.0.1'], ...(hasIpv6 ? [['::', '[::1]']] : [])];
const command = { name: 'search', description: 'Find papers' };

describe('startSandbox', () => {
  it('says where everything is, with ids that never change', async () => {
    const { ready } = await runSandbox();
    expect(ready.guild).toBe('1325751605689385001');
    expect(ready.channels.map(({ name }) => name)).toEqual([
      'llm-serving',
      'federated-learning',
      'distributed-systems',
      'workflows',
      'general',
      'announcements',
      'paper-talk',
    ]);
    expect(ready.users.map(({ name }) => name)).toEqual(['Ada', 'Mika', 'Otto']);
    expect((await fetch(ready.page)).status).toBe(200);
  });

  it.each(everywhere)(
    'names an address that can be opened where it listens on all of them: %s as %s',
    async (host, name) => {
      const { ready } = await runSandbox({ host });
      const { port } = new URL(ready.page);
      expect([ready.api, ready.page, ready.control]).toEqual(
        ['api', '', 'control'].map((path) => `http://${name}:${port}/${path}`),
      );
      expect((await fetch(ready.page)).status).toBe(200);
    },
  );

  it('names a taken port and the way out', async () => {
    const { ready } = await runSandbox();
    const port = Number(new URL(ready.api).port);
    const start = startSandbox({ port, host: '127.0.0.1', limits: 'off', stateFile: null, log: createLog('silent') });
    await expect(start).rejects.toMatchObject({
      code: 'port-taken',
      message: `sandbox: port ${String(port)} on 127.0.0.1 is taken by another program; free it or choose another with --port or PORT`,
    });
  });

  it('keeps messages, private channels and commands over a restart, and enforces nonces across it', async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'sandbox.json');
    const before = await runSandbox({ stateFile });
    const ada = { recipient_id: before.userId('Ada') };
    const dm = (await before.api<{ id: string }>('POST', '/users/@me/channels', ada)).body;
    const message = { content: 'kept', nonce: 'n1', enforce_nonce: true };
    const sent = (await before.api('POST', `/channels/${before.general}/messages`, message)).body;
    const application = (await before.api<{ id: string }>('GET', '/applications/@me')).body.id;
    const registered = (await before.api('PUT', `/applications/${application}/commands`, [command])).body;
    await before.close();

    const after = await runSandbox({ stateFile });
    expect((await after.api('GET', `/channels/${after.general}/messages`)).body).toEqual([sent]);
    expect((await after.api('POST', `/channels/${after.general}/messages`, message)).body).toEqual(sent);
    expect((await after.api('GET', `/channels/${dm.id}`)).status).toBe(200);
    expect((await after.api('PUT', `/applications/${application}/commands`, [command])).body).toEqual(registered);
  });

  it('moves an unreadable state file aside and starts empty', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    writeFileSync(join(folder, 'state.json'), '{"version":1,"messages":');
    const sandbox = await runSandbox({ stateFile: join(folder, 'state.json') });
    expect((await sandbox.api('GET', `/channels/${sandbox.general}/messages`)).body).toEqual([]);
    expect(readdirSync(folder)).toContain('state.json.unreadable');
  });

  it('draws a picture of everybody and of nobody else', async () => {
    const { ready } = await runSandbox();
    const of = (id: string) => fetch(new URL(`/avatars/${id}.svg`, ready.page));
    const ada = await of(ready.users[0]?.id ?? '');
    expect(ada.headers.get('content-type')).toBe('image/svg+xml');
    expect(await ada.text()).toContain('<title>Ada</title>');
    expect((await of('1')).status).toBe(404);
  });
});
