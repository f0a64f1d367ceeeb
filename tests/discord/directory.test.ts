import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectory } from '../../src/discord/directory.ts';
import { createRest } from '../../src/discord/rest.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';

let sandbox: Awaited<ReturnType<typeof startLocalDiscord>>;
beforeAll(async () => {
  sandbox = await startLocalDiscord();
});
afterAll(() => sandbox.close());

function directory(apiUrl = sandbox.ready.api) {
  return createDirectory(createRest({ apiUrl, token: sandbox.ready.token }));
}

describe('createDirectory', () => {
  it('lists the servers of the bot and their channels', async () => {
    const [guild, ...others] = await directory().guilds();
    expect(guild).toMatchObject({ id: sandbox.ready.guild });
    expect(others).toEqual([]);
    expect(await directory().channels(sandbox.ready.guild)).toEqual(sandbox.ready.channels);
  });

  it('resolves names and ids to the same channel', async () => {
    const channel = sandbox.ready.channels.find(({ name }) => name === 'llm-serving');
    const [guild] = await directory().guilds();
    const found = { ok: true, value: { id: channel?.id, guildId: sandbox.ready.guild, kind: 'channel' } };
    expect(await directory().resolveChannel(guild?.name ?? '', '#llm-serving')).toEqual(found);
    expect(await directory().resolveChannel(sandbox.ready.guild, 'LLM-serving')).toEqual(found);
    expect(await directory().resolveChannel(sandbox.ready.guild, channel?.id ?? '')).toEqual(found);
  });

  it.each([
    ['announcements', 'announcement'],
    ['paper-talk', 'forum'],
    ['general', 'channel'],
  ])('says what kind of channel #%s is', async (name, kind) => {
    expect(await directory().resolveChannel(sandbox.ready.guild, name)).toMatchObject({ ok: true, value: { kind } });
  });

  it('says what there is where a name is unknown', async () => {
    expect(await directory().resolveChannel(sandbox.ready.guild, '#nowhere')).toEqual({
      ok: false,
      error: expect.stringMatching(/There is no channel “nowhere”; I see .*llm-serving/),
    });
    expect(await directory().resolveChannel('Elsewhere', '#general')).toEqual({
      ok: false,
      error: expect.stringContaining('There is no server “Elsewhere”'),
    });
  });

  it('fails with a sentence when Discord cannot be reached', async () => {
    await expect(directory('http://127.0.0.1:9/api').guilds()).rejects.toMatchObject({ code: 'discord-unreachable' });
  });
});
