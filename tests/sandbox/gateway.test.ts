import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { logIn, openGateway, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

/** Guilds and GuildMessages. */
const intents = 1 | (1 << 9);

async function loggedIn(sandbox: RunningSandbox) {
  const gateway = openGateway(sandbox);
  expect((await gateway.next()).op).toBe(10);
  gateway.identify({ intents });
  const ready = await gateway.next<{ session_id: string }>();
  expect([ready.t, (await gateway.next()).t]).toEqual(['READY', 'GUILD_CREATE']);
  return { gateway, sessionId: ready.d.session_id };
}

const send = (sandbox: RunningSandbox, content: string) =>
  sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content });

describe('the gateway', () => {
  it('says hello, answers heartbeats, and brings the server and its messages', async () => {
    const sandbox = await runSandbox();
    const gateway = openGateway(sandbox);
    expect(await gateway.next()).toEqual({ op: 10, t: null, s: null, d: { heartbeat_interval: 41_250, _trace: [] } });
    gateway.send({ op: 1, d: null });
    expect(await gateway.next()).toMatchObject({ op: 11 });
    gateway.identify({ intents });
    expect(await gateway.next()).toMatchObject({
      t: 'READY',
      s: 1,
      d: { v: 10, user: { username: 'Paperboy', bot: true }, guilds: [{ id: sandbox.ready.guild, unavailable: true }] },
    });
    expect(await gateway.next()).toMatchObject({
      t: 'GUILD_CREATE',
      s: 2,
      d: { name: 'Systems Reading Group', member_count: 3 },
    });
    await send(sandbox, 'x');
    expect(await gateway.next()).toMatchObject({
      t: 'MESSAGE_CREATE',
      d: { content: 'x', guild_id: sandbox.ready.guild },
    });
  });

  it('brings a bot without the intent for servers none of them', async () => {
    const sandbox = await runSandbox();
    const gateway = openGateway(sandbox);
    await gateway.next();
    gateway.identify({ intents: 0 });
    expect(await gateway.next()).toMatchObject({ t: 'READY', d: { guilds: [{ id: sandbox.ready.guild }] } });
    gateway.send({ op: 1, d: 1 });
    expect(await gateway.next()).toMatchObject({ op: 11 });
  });

  it('accepts what a bot says of its status, voice and sounds, and answers for members', async () => {
    const sandbox = await runSandbox();
    const { gateway } = await loggedIn(sandbox);
    for (const op of [3, 4, 31, 43]) gateway.send({ op, d: {} });
    const ask = (d: object) => gateway.send({ op: 8, d: { guild_id: sandbox.ready.guild, ...d } });
    // A whole list needs an intent that the bot does not have.
    ask({ query: '', limit: 0 });
    ask({ user_ids: [sandbox.userId('Ada'), '1'], nonce: 'n' });
    expect(await gateway.next()).toMatchObject({
      t: 'GUILD_MEMBERS_CHUNK',
      d: { members: [{ user: { username: 'ada' } }], not_found: ['1'], nonce: 'n', chunk_index: 0, chunk_count: 1 },
    });
    ask({});
    expect(await gateway.closed).toBe(4002);
  });

  it('keeps what people say from a bot that may not read it', async () => {
    const sandbox = await runSandbox();
    const { gateway } = await loggedIn(sandbox);
    await sandbox.control('POST', '/messages', { user: 'Ada', channel: 'general', content: 'secret' });
    expect(await gateway.next()).toMatchObject({
      t: 'MESSAGE_CREATE',
      d: { content: '', author: { username: 'ada' } },
    });
  });

  it.each([
    ['a wrong token', 4004, { op: 2, d: { token: 'wrong', intents: 1, properties: {} } }],
    ['an event before identify', 4003, { op: 3, d: {} }],
    ['an unknown opcode', 4001, { op: 99, d: {} }],
    ['what is no JSON', 4002, '{'],
    ['a payload over 4,096 bytes', 4002, { op: 1, d: 'x'.repeat(4_096) }],
    ['a payload without its parts', 4002, { op: 2, d: 7 }],
    ['a heartbeat that is no number', 4002, { op: 1, d: 'x' }],
    ['a payload that is no object', 4002, 'null'],
    ['a frame of 100 KB', 4002, 'x'.repeat(100_000)],
    ['a frame of 2 MB', 1009, 'x'.repeat(2_000_000)],
    ['a resume with a wrong token', 4004, { op: 6, d: { token: 'wrong', session_id: 'x', seq: 1 } }],
  ])('closes on %s with %i', async (_what, code, payload) => {
    const sandbox = await runSandbox();
    const gateway = openGateway(sandbox);
    await gateway.next();
    gateway.send(payload);
    expect(await gateway.closed).toBe(code);
  });

  it.each([
    ['intents that do not exist', 4013, { intents: 1 << 30 }],
    ['intents beyond 32 bits', 4013, { intents: 2 ** 32 + 1 }],
    ['intents that were not granted', 4014, { intents: 1 << 15 }],
    ['a shard that does not exist', 4010, { shard: [2, 2] }],
  ])('closes on %s with %i', async (_what, code, change) => {
    const sandbox = await runSandbox();
    const gateway = openGateway(sandbox);
    await gateway.next();
    gateway.identify(change);
    expect(await gateway.closed).toBe(code);
  });

  it('closes on another version with 4012, and on a second identify with 4005', async () => {
    const sandbox = await runSandbox();
    expect(await openGateway(sandbox, 'v=8').closed).toBe(4012);
    const { gateway } = await loggedIn(sandbox);
    gateway.identify();
    expect(await gateway.closed).toBe(4005);
  });

  it('closes on a client that sends no heartbeat with 4009', async () => {
    const sandbox = await runSandbox({ heartbeatIntervalMs: 10 });
    expect(await openGateway(sandbox).closed).toBe(4009);
  });

  it('gives a client that was cut off what it missed, and nothing twice', async () => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    await send(sandbox, 'seen');
    const { s: seq } = await gateway.next();
    gateway.socket.terminate();
    await gateway.closed;
    await send(sandbox, 'missed');
    const back = openGateway(sandbox);
    await back.next();
    back.send({ op: 6, d: { token: sandbox.ready.token, session_id: sessionId, seq } });
    expect(await back.next()).toMatchObject({ t: 'MESSAGE_CREATE', d: { content: 'missed' } });
    expect(await back.next()).toMatchObject({ t: 'RESUMED' });
  });

  it('refuses to resume what it does not know, or what was ended by 1000', async () => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    gateway.socket.close(1000);
    await gateway.closed;
    for (const id of [sessionId, 'unknown']) {
      const back = openGateway(sandbox);
      await back.next();
      back.send({ op: 6, d: { token: sandbox.ready.token, session_id: id, seq: 1 } });
      expect(await back.next()).toMatchObject({ op: 9, d: false });
    }
  });

  it('closes, asks to reconnect and ends sessions when it is told to', async () => {
    const sandbox = await runSandbox();
    const order = (close: unknown) => sandbox.control('POST', '/gateway', { close });
    const first = await loggedIn(sandbox);
    expect((await order('reconnect')).body).toEqual({ connections: 1 });
    expect(await first.gateway.next()).toMatchObject({ op: 7 });
    expect((await order(4_000)).body).toEqual({ connections: 1 });
    expect(await first.gateway.closed).toBe(4_000);
    const second = await loggedIn(sandbox);
    await order('invalid');
    expect(await second.gateway.next()).toMatchObject({ op: 9, d: false });
    expect(await order('sideways')).toMatchObject({ status: 400 });
  });

  it('brings interactions to the bot that is connected, not to a session of one that died', async () => {
    const sandbox = await runSandbox();
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    await sandbox.api('PUT', `/applications/${id}/commands`, [{ name: 'ping', description: 'Ping' }]);
    const use = () => sandbox.control('POST', '/interactions', { user: 'Ada', channel: 'general', command: 'ping' });
    /** Answers what `gateway` hears next, so that `used` comes to its end. */
    const hears = async (gateway: ReturnType<typeof openGateway>, used: ReturnType<typeof use>) => {
      const { t, d } = await gateway.next<{ id: string; token: string }>();
      expect(t).toBe('INTERACTION_CREATE');
      await sandbox.api('POST', `/interactions/${d.id}/${d.token}/callback`, { type: 4, data: { content: 'pong' } });
      expect(await used).toMatchObject({ status: 200, body: { replies: [{ content: 'pong' }] } });
    };
    /** As a process that is killed: the socket is gone without a word. */
    const dies = async ({ gateway }: Awaited<ReturnType<typeof loggedIn>>) => {
      gateway.socket.terminate();
      await gateway.closed;
    };
    const isConnected = async () =>
      (await sandbox.control<{ isBotConnected: boolean }>('GET', '/state')).body.isBotConnected;

    await dies(await loggedIn(sandbox));
    await expect.poll(isConnected).toBe(false);
    const second = await loggedIn(sandbox);
    await hears(second.gateway, use());
    const third = await loggedIn(sandbox);
    await hears(third.gateway, use());

    await dies(second);
    await dies(third);
    await expect.poll(isConnected).toBe(false);
    // Nobody is connected: the bot that came last may come back for it.
    const used = use();
    const back = openGateway(sandbox);
    await back.next();
    // It heard READY, GUILD_CREATE, the interaction and its own answer.
    back.send({ op: 6, d: { token: sandbox.ready.token, session_id: third.sessionId, seq: 4 } });
    await hears(back, used);
  });

  it.each(['//', '/elsewhere', '/gateway?%', 'http://[', '/gateway'])(
    'refuses an upgrade of %s and lives on',
    async (path) => {
      const sandbox = await runSandbox();
      const { hostname, port } = new URL(sandbox.ready.api);
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: nonsense\r\n\r\n`);
      expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect((await sandbox.api('GET', '/gateway/bot')).status).toBe(200);
    },
  );

  it('outlives a hundred connections of nonsense', async () => {
    const sandbox = await runSandbox();
    const gateways = Array.from({ length: 100 }, () => openGateway(sandbox));
    await Promise.all(gateways.map((gateway) => gateway.next()));
    for (const { socket } of gateways) socket.send(Buffer.from([0xff, 0x00, 0x7b]), () => undefined);
    expect(new Set(await Promise.all(gateways.map(({ closed }) => closed)))).toEqual(new Set([4002]));
    expect((await logIn(sandbox)).isReady()).toBe(true);
  });
});
