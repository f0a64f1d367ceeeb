import { afterEach, describe, expect, it } from 'vitest';
import { openGateway } from '../../src/discord/gateway.ts';
import { createLog } from '../../src/lib/log.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';
import { startLocalApi } from './local-api.ts';
import { noRoutes } from './no-routes.ts';

const log = createLog('silent');

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function open(settings: { apiUrl: string; token: string }, onFatal: (error: Error) => void = () => undefined) {
  return openGateway(settings, noRoutes, { log, newId: () => 'i1', onFatal, sleep: () => Promise.resolve() });
}

async function sandbox() {
  const started = await startLocalDiscord();
  closing.push(() => started.close());
  return started.ready;
}

describe('openGateway', () => {
  it('logs in and knows who it is and where', async () => {
    const ready = await sandbox();
    const gateway = await open({ apiUrl: ready.api, token: ready.token });
    closing.push(gateway.close);
    expect(gateway.botId).toMatch(/^\d{17,}$/);
    expect(gateway.applicationId).toMatch(/^\d{17,}$/);
    expect(gateway.guildIds()).toEqual([ready.guild]);
  });

  it('names DISCORD_TOKEN when the token is refused', async () => {
    const ready = await sandbox();
    await expect(open({ apiUrl: ready.api, token: 'wrong' })).rejects.toMatchObject({
      code: 'token-refused',
      message: expect.stringContaining('DISCORD_TOKEN'),
    });
  });

  it('names DISCORD_API_URL when nobody listens there', async () => {
    await expect(open({ apiUrl: 'http://127.0.0.1:9/api', token: 'any' })).rejects.toMatchObject({
      code: 'discord-unreachable',
      message: expect.stringMatching(/http:\/\/127\.0\.0\.1:9\/api \(DISCORD_API_URL\): .*ECONNREFUSED/),
    });
  });

  it.each([
    ['is down', { status: 503, html: 'down' }, /answered 503/],
    ['is no Discord', { status: 200, html: '<h1>Welcome</h1>' }, /DISCORD_API_URL/],
    ['has no such address', { status: 404, html: 'Not Found' }, /DISCORD_API_URL/],
  ])('says so when the server %s', async (_what, answer, sentence) => {
    const api = await startLocalApi(() => answer);
    closing.push(api.close);
    await expect(open({ apiUrl: api.apiUrl, token: 'any' })).rejects.toMatchObject({
      code: 'discord-unreachable',
      message: expect.stringMatching(sentence),
    });
  });

  it('knows that its connection is lost', async () => {
    const started = await startLocalDiscord();
    const gateway = await open({ apiUrl: started.ready.api, token: started.ready.token });
    closing.push(() => gateway.close());
    expect(gateway.isConnected()).toBe(true);
    await started.close();
    await expect.poll(() => gateway.isConnected()).toBe(false);
  });

  it('reports the end of its session by a reset token', async () => {
    const ready = await sandbox();
    const fatal = Promise.withResolvers<Error>();
    const gateway = await open({ apiUrl: ready.api, token: ready.token }, fatal.resolve);
    closing.push(gateway.close);
    await fetch(`${ready.control}/gateway`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ close: 4004 }),
    });
    expect(await fatal.promise).toMatchObject({ code: 'token-refused' });
  });
});
