import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';
import { environmentFor, paperboy, temporaryFolder } from '../builders/paperboy.ts';

let sandbox: Awaited<ReturnType<typeof startLocalDiscord>>;
beforeAll(async () => {
  sandbox = await startLocalDiscord();
});
afterAll(() => sandbox.close());

/** Imports subscriptions to these channels by id; what became of each target. */
async function importTo(channels: readonly string[], env: Record<string, string>) {
  const file = join(temporaryFolder(), 'subscriptions.json');
  writeFileSync(
    file,
    JSON.stringify(channels.map((channel) => ({ id: channel, guild: sandbox.ready.guild, channel, query: 'gossip' }))),
  );
  const { code, stderr } = await paperboy(['subscriptions', 'import', file], { env });
  const store = await openStore(env['DATABASE_URL'] ?? '', { log: createLog('silent') });
  const targets = await store.targets.list();
  await store.close();
  return { code, stderr, kinds: new Map(targets.map(({ id, kind }) => [id, kind])) };
}

describe('paperboy subscriptions import', () => {
  it('asks Discord what kind of channel an id is, keeps what is known without it, and takes the rest at its word', async () => {
    const named = (name: string) => sandbox.ready.channels.find((channel) => channel.name === name)?.id ?? '';
    const [general, announcements, forum, unseen] = [
      named('general'),
      named('announcements'),
      named('paper-talk'),
      '100000000000000001',
    ];
    const asking = environmentFor(temporaryFolder(), {
      DISCORD_TOKEN: sandbox.ready.token,
      DISCORD_API_URL: sandbox.ready.api,
    });
    const kinds = new Map([
      [unseen, 'channel'],
      [general, 'channel'],
      [announcements, 'announcement'],
      [forum, 'forum'],
    ]);
    const channels = [...kinds.keys()];
    expect(await importTo(channels, asking)).toEqual({ code: 0, stderr: '', kinds });
    const { DISCORD_TOKEN: _token, ...silent } = asking;
    expect(await importTo(channels, silent)).toEqual({ code: 0, stderr: '', kinds });
    const unreachable = { ...asking, DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    expect(await importTo(channels, unreachable)).toMatchObject({ code: 0, kinds });
  });

  it('refuses an id where nothing can be posted', async () => {
    const made = await fetch(`${sandbox.ready.control}/guilds/${sandbox.ready.guild}/channels`, {
      method: 'POST',
      body: JSON.stringify({ name: 'shelf', type: 'category' }),
    });
    const { id } = JSON.parse(await made.text());
    const env = environmentFor(temporaryFolder(), {
      DISCORD_TOKEN: sandbox.ready.token,
      DISCORD_API_URL: sandbox.ready.api,
    });
    expect(await importTo([String(id)], env)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nothing can be posted there'),
      kinds: new Map(),
    });
  });
});
