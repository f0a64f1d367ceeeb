import { describe, expect, it } from 'vitest';
import { openGateway, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

/** Guilds and GuildMessages. */
const intents = 1 | (1 << 9);

async function loggedIn(sandbox: RunningSandbox) {
  const gateway = openGateway(sandbox);
  await gateway.next();
  gateway.identify({ intents });
  const ready = await gateway.next<{ session_id: string }>();
  expect([ready.t, (await gateway.next()).t]).toEqual(['READY', 'GUILD_CREATE']);
  return { gateway, sessionId: ready.d.session_id };
}

/** A new connection that asks for the session back, from event `seq` on. */
async function resume(sandbox: RunningSandbox, sessionId: string, seq = 2) {
  const back = openGateway(sandbox);
  await back.next();
  back.send({ op: 6, d: { token: sandbox.ready.token, session_id: sessionId, seq } });
  return back;
}

const send = (sandbox: RunningSandbox, content: string) =>
  sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content });
const order = (sandbox: RunningSandbox, body: object) => sandbox.control('POST', '/gateway', body);

describe('resuming', () => {
  it.each([
    [4000, 4000],
    [4001, 4001],
    [4002, 4002],
    [4003, 4003],
    [4005, 4005],
    [4008, 4008],
    ['cut', 1006],
  ] as const)('after %s brings what was missed, then RESUMED', async (close, code) => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    expect((await order(sandbox, { close })).body).toEqual({ connections: 1 });
    expect(await gateway.closed).toBe(code);
    await send(sandbox, 'missed');
    const back = await resume(sandbox, sessionId);
    expect(await back.next()).toMatchObject({ t: 'MESSAGE_CREATE', s: 3, d: { content: 'missed' } });
    expect(await back.next()).toMatchObject({ t: 'RESUMED', s: 4 });
    await send(sandbox, 'new');
    expect(await back.next()).toMatchObject({ t: 'MESSAGE_CREATE', s: 5, d: { content: 'new' } });
  });

  it.each(['half-open', 'reconnect'])('after %s, with the old connection still there', async (close) => {
    const sandbox = await runSandbox();
    const { sessionId } = await loggedIn(sandbox);
    await order(sandbox, { close });
    await send(sandbox, 'missed');
    const back = await resume(sandbox, sessionId);
    expect([(await back.next()).t, (await back.next()).t]).toEqual(['MESSAGE_CREATE', 'RESUMED']);
  });

  it.each([1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014])(
    'after %i is refused by an invalid session',
    async (close) => {
      const sandbox = await runSandbox();
      const { gateway, sessionId } = await loggedIn(sandbox);
      await order(sandbox, { close });
      expect(await gateway.closed).toBe(close);
      expect(await (await resume(sandbox, sessionId)).next()).toMatchObject({ op: 9, d: false });
    },
  );

  it('from an event that never was closes with 4007', async () => {
    const sandbox = await runSandbox();
    const { sessionId } = await loggedIn(sandbox);
    expect(await (await resume(sandbox, sessionId, 3)).closed).toBe(4007);
  });

  it('from an event that is kept no more is refused', async () => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    for (let asked = 0; asked < 1_001; asked += 1) {
      gateway.send({ op: 8, d: { guild_id: sandbox.ready.guild, user_ids: sandbox.userId('Ada') } });
      await gateway.next();
    }
    expect(await (await resume(sandbox, sessionId, 2)).next()).toMatchObject({ op: 9, d: false });
    expect((await (await resume(sandbox, sessionId, 3)).next()).t).toBe('GUILD_MEMBERS_CHUNK');
  });

  it('while the old connection is open takes the session from it', async () => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    const back = await resume(sandbox, sessionId);
    expect((await back.next()).t).toBe('RESUMED');
    expect(await gateway.closed).toBe(4000);
    await send(sandbox, 'x');
    expect((await back.next()).t).toBe('MESSAGE_CREATE');
  });

  it('a second time repeats events, but no earlier RESUMED', async () => {
    const sandbox = await runSandbox();
    const { sessionId } = await loggedIn(sandbox);
    await (await resume(sandbox, sessionId)).next();
    await send(sandbox, 'x');
    const back = await resume(sandbox, sessionId);
    expect([(await back.next()).t, await back.next()]).toMatchObject(['MESSAGE_CREATE', { t: 'RESUMED', s: 5 }]);
  });
});

describe('trouble that is ordered', () => {
  it('invalid-resumable: the session can be had back on the same connection', async () => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    await order(sandbox, { close: 'invalid-resumable' });
    await send(sandbox, 'missed');
    expect(await gateway.next()).toMatchObject({ op: 9, d: true });
    gateway.send({ op: 6, d: { token: sandbox.ready.token, session_id: sessionId, seq: 2 } });
    expect([(await gateway.next()).t, (await gateway.next()).t]).toEqual(['MESSAGE_CREATE', 'RESUMED']);
  });

  it('invalid: the session is gone, and the connection may identify anew', async () => {
    const sandbox = await runSandbox();
    const { gateway, sessionId } = await loggedIn(sandbox);
    await order(sandbox, { close: 'invalid' });
    expect(await gateway.next()).toMatchObject({ op: 9, d: false });
    gateway.identify();
    expect(await gateway.next()).toMatchObject({ t: 'READY', s: 1 });
    expect(await (await resume(sandbox, sessionId)).next()).toMatchObject({ op: 9, d: false });
  });

  it('half-open: nothing is heard or answered, until the connection is cut', async () => {
    const sandbox = await runSandbox({ heartbeatIntervalMs: 50 });
    const { gateway } = await loggedIn(sandbox);
    await order(sandbox, { close: 'half-open' });
    let heard = 0;
    gateway.socket.on('message', () => (heard += 1));
    gateway.send({ op: 1, d: null });
    await send(sandbox, 'x');
    // Another connection is closed for its silence meanwhile; the dead one is not.
    expect(await openGateway(sandbox).closed).toBe(4009);
    expect([gateway.socket.readyState, heard]).toEqual([gateway.socket.OPEN, 0]);
    expect((await order(sandbox, { close: 4000 })).body).toEqual({ connections: 0 });
    expect((await order(sandbox, { close: 'cut' })).body).toEqual({ connections: 1 });
    expect(await gateway.closed).toBe(1006);
  });

  it('heartbeat: one is asked for', async () => {
    const sandbox = await runSandbox();
    const { gateway } = await loggedIn(sandbox);
    await order(sandbox, { close: 'heartbeat' });
    expect(await gateway.next()).toMatchObject({ op: 1 });
  });

  it('hits one shard where it is told to', async () => {
    const sandbox = await runSandbox();
    await loggedIn(sandbox);
    expect((await order(sandbox, { close: 4000, shard: 1 })).body).toEqual({ connections: 0 });
    expect((await order(sandbox, { close: 4000, shard: 0 })).body).toEqual({ connections: 1 });
    expect(await order(sandbox, { close: 4000, shard: -1 })).toMatchObject({ status: 400 });
  });
});
