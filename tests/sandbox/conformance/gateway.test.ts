import { once } from 'node:events';
import { Events } from 'discord.js';
import type { Client, Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, openGateway, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

const ping = { name: 'ping', description: 'Ping' };

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand()) await interaction.reply('pong');
}

/** discord.js with a command; it does not wait five seconds before it identifies a second time. */
async function pingable(sandbox: RunningSandbox, options: Parameters<typeof logIn>[2] = {}): Promise<Client<true>> {
  const throttle = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) };
  const client = await logIn(sandbox, answer, { ws: throttle, ...options });
  await client.application.commands.set([ping]);
  return client;
}

const use = async (sandbox: RunningSandbox) =>
  (await sandbox.control('POST', '/interactions', { user: 'Ada', channel: 'general', command: 'ping' })).body;
const order = async (sandbox: RunningSandbox, body: object) => (await sandbox.control('POST', '/gateway', body)).body;
const pong = { replies: [{ content: 'pong' }] };

describe('discord.js at the gateway', () => {
  it.each(['cut', 4000, 'reconnect', 'invalid-resumable'])(
    'resumes after %s and answers what it missed',
    async (close) => {
      const sandbox = await runSandbox();
      const client = await pingable(sandbox);
      const resumed = once(client, Events.ShardResume);
      expect(await order(sandbox, { close })).toEqual({ connections: 1 });
      expect(await use(sandbox)).toMatchObject(pong);
      await resumed;
    },
  );

  it.each(['invalid', 4009])('starts a new session after %s', async (close) => {
    const sandbox = await runSandbox();
    const client = await pingable(sandbox);
    const started = once(client, Events.ShardReady);
    await order(sandbox, { close });
    await started;
    expect(await use(sandbox)).toMatchObject(pong);
  });

  it('notices by itself that its connection is half-open, and resumes', async () => {
    const sandbox = await runSandbox({ heartbeatIntervalMs: 500 });
    const client = await pingable(sandbox);
    const noticed = new Promise<void>((resolve) => {
      client.on(Events.Debug, (text) => {
        if (text.includes('Zombie connection')) resolve();
      });
    });
    const resumed = once(client, Events.ShardResume);
    expect(await order(sandbox, { close: 'half-open' })).toEqual({ connections: 1 });
    await noticed;
    // Its WebSocket would wait half a minute for an answer to its close.
    expect(await order(sandbox, { close: 'cut' })).toEqual({ connections: 1 });
    expect(await use(sandbox)).toMatchObject(pong);
    await resumed;
  });

  it('runs two shards at once where their keys differ, and resumes the one that was hit', async () => {
    const sandbox = await runSandbox({ limits: 'real', identify: { maxConcurrency: 2 } });
    const client = await pingable(sandbox, { shards: [0, 1], shardCount: 2 });
    expect([client.ws.shards.size, client.guilds.cache.get(sandbox.ready.guild)?.shardId]).toEqual([2, 0]);
    const resumed = once(client, Events.ShardResume);
    expect(await order(sandbox, { close: 4000, shard: 1 })).toEqual({ connections: 1 });
    expect((await resumed)[0]).toBe(1);
    expect(await use(sandbox)).toMatchObject(pong);
  });

  it('finds members by the start of their name', async () => {
    const sandbox = await runSandbox();
    const client = await pingable(sandbox);
    const guild = await client.guilds.fetch(sandbox.ready.guild);
    const found = await guild.members.fetch({ query: 'mi', limit: 5 });
    expect(found.map(({ user }) => user.username)).toEqual(['mika']);
  });

  it('works beside a thousand connections that say nothing', async () => {
    const sandbox = await runSandbox();
    const idle = Array.from({ length: 1_000 }, () => openGateway(sandbox));
    await Promise.all(idle.map((gateway) => gateway.next()));
    await pingable(sandbox);
    expect(await use(sandbox)).toMatchObject(pong);
    expect(idle.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
  });
});
