import { describe, expect, it } from 'vitest';
import { judgeIdentify } from '../../src/sandbox/gateway-identify.ts';
import { openGateway, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

/** Guilds, GuildMessages and DirectMessages. */
const intents = 1 | (1 << 9) | (1 << 12);

/** A bare client that has heard hello. */
async function connect(sandbox: RunningSandbox) {
  const gateway = openGateway(sandbox);
  expect((await gateway.next()).op).toBe(10);
  return gateway;
}

/** A bare client that has heard READY and, where its shard holds the server, GUILD_CREATE. */
async function logInAs(sandbox: RunningSandbox, shard: [number, number]) {
  const gateway = await connect(sandbox);
  gateway.identify({ intents, shard });
  const ready = (await gateway.next<{ guilds: unknown[]; session_id: string }>()).d;
  const creates = [];
  while (creates.length < ready.guilds.length) creates.push((await gateway.next()).t);
  expect(creates).toEqual(ready.guilds.map(() => 'GUILD_CREATE'));
  return { gateway, ready };
}

/** Passes when nothing came before the answer to a heartbeat. */
async function expectNothingNew(gateway: ReturnType<typeof openGateway>) {
  gateway.send({ op: 1, d: null });
  expect(await gateway.next()).toMatchObject({ op: 11 });
}

const startLimit = async (sandbox: RunningSandbox) =>
  (await sandbox.api<{ session_start_limit: unknown }>('GET', '/gateway/bot')).body.session_start_limit;

describe('identify limits', () => {
  it('answer an identify within five seconds of another by an invalid session, and take it later', async () => {
    let nowMs = Date.parse('2026-01-05T09:00:00Z');
    const sandbox = await runSandbox({ limits: 'real', now: () => nowMs });
    const [first, second] = [await connect(sandbox), await connect(sandbox)];
    first.identify();
    expect((await first.next()).t).toBe('READY');
    nowMs += 4_999;
    second.identify();
    expect(await second.next()).toMatchObject({ op: 9, d: false });
    nowMs += 1;
    second.identify();
    expect((await second.next()).t).toBe('READY');
    expect(await startLimit(sandbox)).toEqual({
      total: 1_000,
      remaining: 997,
      reset_after: 24 * 3_600_000 - 5_000,
      max_concurrency: 1,
    });
  });

  it('let shards with different keys identify at the same time', async () => {
    const sandbox = await runSandbox({ limits: 'real', now: () => 0, identify: { maxConcurrency: 2 } });
    await logInAs(sandbox, [0, 4]);
    await logInAs(sandbox, [1, 4]);
    const third = await connect(sandbox);
    third.identify({ shard: [2, 4] });
    expect(await third.next()).toMatchObject({ op: 9, d: false });
  });

  it('reset the token after the last identify of the day, for every session', async () => {
    const sandbox = await runSandbox({ identify: { maxConcurrency: 1, intervalMs: 0, perDay: 2 } });
    const [first, second] = [await logInAs(sandbox, [0, 1]), await logInAs(sandbox, [0, 1])];
    expect(await startLimit(sandbox)).toMatchObject({ total: 2, remaining: 0 });
    const third = await connect(sandbox);
    third.identify();
    expect(await Promise.all([first.gateway.closed, second.gateway.closed, third.closed])).toEqual([4004, 4004, 4004]);
    const back = await connect(sandbox);
    back.send({ op: 6, d: { token: sandbox.ready.token, session_id: first.ready.session_id, seq: 2 } });
    expect(await back.closed).toBe(4004);
  });

  it('count no resume', async () => {
    const sandbox = await runSandbox({ identify: { maxConcurrency: 1, intervalMs: 0, perDay: 1 } });
    const { gateway, ready } = await logInAs(sandbox, [0, 1]);
    gateway.socket.terminate();
    await gateway.closed;
    const back = await connect(sandbox);
    back.send({ op: 6, d: { token: sandbox.ready.token, session_id: ready.session_id, seq: 2 } });
    expect((await back.next()).t).toBe('RESUMED');
  });

  it.each([
    ['real', 120],
    ['fast', 12_000],
  ] as const)('with limits %s close with 4008 after %i payloads in a minute', async (limits, most) => {
    const sandbox = await runSandbox({ limits, now: () => 0 });
    const gateway = await connect(sandbox);
    for (let sent = 0; sent < most; sent += 1) gateway.send({ op: 1, d: null });
    for (let heard = 0; heard < most; heard += 1) expect((await gateway.next()).op).toBe(11);
    gateway.send({ op: 1, d: null });
    expect(await gateway.closed).toBe(4008);
  });
});

describe('shards', () => {
  it('hear what belongs to them: servers by their id, private channels the first', async () => {
    const sandbox = await runSandbox();
    const owner = Number((BigInt(sandbox.ready.guild) >> 22n) % 3n);
    expect(owner).not.toBe(0);
    const zero = await logInAs(sandbox, [0, 3]);
    const own = await logInAs(sandbox, [owner, 3]);
    expect([zero.ready.guilds, own.ready.guilds]).toEqual([[], [{ id: sandbox.ready.guild, unavailable: true }]]);

    await sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content: 'in the server' });
    expect(await own.gateway.next()).toMatchObject({ t: 'MESSAGE_CREATE', d: { content: 'in the server' } });
    await expectNothingNew(zero.gateway);

    const recipient = { recipient_id: sandbox.userId('Ada') };
    const direct = (await sandbox.api<{ id: string }>('POST', '/users/@me/channels', recipient)).body.id;
    await sandbox.api('POST', `/channels/${direct}/messages`, { content: 'between us' });
    expect(await zero.gateway.next()).toMatchObject({ t: 'MESSAGE_CREATE', d: { content: 'between us' } });
    await expectNothingNew(own.gateway);
  });

  it('are heard by every session that asks for the same one, interactions too', async () => {
    const sandbox = await runSandbox();
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    await sandbox.api('PUT', `/applications/${id}/commands`, [{ name: 'ping', description: 'Ping' }]);
    const both = [await logInAs(sandbox, [0, 1]), await logInAs(sandbox, [0, 1])];
    const used = sandbox.control('POST', '/interactions', { user: 'Ada', channel: 'general', command: 'ping' });
    const callbacks = both.map(async ({ gateway }) => {
      const { t, d } = await gateway.next<{ id: string; token: string }>();
      expect(t).toBe('INTERACTION_CREATE');
      const answer = { type: 4, data: { content: 'pong' } };
      return sandbox.api<{ code?: number }>('POST', `/interactions/${d.id}/${d.token}/callback`, answer);
    });
    const codes = (await Promise.all(callbacks)).map(({ body }) => body?.code);
    // The slower of two bots with one token finds the interaction answered.
    expect(codes.filter((code) => code === 40060)).toHaveLength(1);
    expect(await used).toMatchObject({ status: 200, body: { replies: [{ content: 'pong' }] } });
  });

  it('leave an interaction without a listener when the shard of its server is not there', async () => {
    const sandbox = await runSandbox();
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    await sandbox.api('PUT', `/applications/${id}/commands`, [{ name: 'ping', description: 'Ping' }]);
    await logInAs(sandbox, [0, 3]);
    const used = { user: 'Ada', channel: 'general', command: 'ping' };
    expect(await sandbox.control('POST', '/interactions', used)).toMatchObject({ status: 503 });
  });

  it.each([[[2, 2]], [[-1, 2]], [[0, 0]], [[0]], ['0 of 1'], [[0.5, 2]]])(
    'that cannot be are refused: %j',
    async (shard) => {
      const sandbox = await runSandbox();
      const gateway = await connect(sandbox);
      gateway.identify({ shard });
      expect(await gateway.closed).toBe(4010);
    },
  );

  it('may hold 2,500 servers and not one more', () => {
    const guilds = Array.from({ length: 5_001 }, (_, index) => String(BigInt(index) << 22n));
    expect(judgeIdentify(1, [1, 2], guilds)).toMatchObject({ ok: true, shard: [1, 2] });
    expect(judgeIdentify(1, [0, 2], guilds)).toMatchObject({ ok: false, code: 4011 });
  });
});
