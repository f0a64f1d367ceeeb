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

function named(name: string): string {
  return sandbox.ready.channels.find((channel) => channel.name === name)?.id ?? '';
}

/** A folder of its own, and the local Discord. */
function connected(): Record<string, string> {
  return environmentFor(temporaryFolder(), {
    DISCORD_TOKEN: sandbox.ready.token,
    DISCORD_API_URL: sandbox.ready.api,
  });
}

const unseen = '100000000000000001';

describe('paperboy subscriptions import', () => {
  it('asks Discord what kind of channel an id is, and takes one that it does not see at its word', async () => {
    const kinds = new Map([
      [unseen, 'channel'],
      [named('general'), 'channel'],
      [named('announcements'), 'announcement'],
      [named('paper-talk'), 'forum'],
    ]);
    expect(await importTo([...kinds.keys()], connected())).toEqual({ code: 0, stderr: '', kinds });
  });

  it('keeps what is known of a channel where Discord is not asked', async () => {
    const env = connected();
    const forum = named('paper-talk');
    await importTo([forum], env);
    const { DISCORD_TOKEN: _token, ...silent } = env;
    expect(await importTo([unseen, forum], silent)).toMatchObject({
      code: 0,
      kinds: new Map([
        [unseen, 'channel'],
        [forum, 'forum'],
      ]),
    });
  });

  it('works where Discord cannot be reached', async () => {
    const env = { ...connected(), DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    expect(await importTo([unseen], env)).toMatchObject({ code: 0, kinds: new Map([[unseen, 'channel']]) });
  });

  it('refuses an id where nothing can be posted', async () => {
    const made = await fetch(`${sandbox.ready.control}/guilds/${sandbox.ready.guild}/channels`, {
      method: 'POST',
      body: JSON.stringify({ name: 'shelf', type: 'category' }),
    });
    const { id } = JSON.parse(await made.text());
    expect(await importTo([String(id)], connected())).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nothing can be posted there'),
      kinds: new Map(),
    });
  });
});
