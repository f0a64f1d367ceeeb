import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelType, Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Thread } from '../../src/sandbox/guild.ts';
import { ownerId, readingGroup } from '../../src/sandbox/world.ts';
import { logIn, runSandbox } from './running-sandbox.ts';

const forum = readingGroup.channels.find(({ type }) => type === ChannelType.GuildForum);
const post: Thread = {
  id: '1325760000000000000',
  guild: readingGroup.id,
  parent: forum?.id ?? '',
  type: ChannelType.PublicThread,
  name: 'A paper',
  owner: ownerId,
  createdMs: Date.UTC(2026, 0, 5),
  isArchived: false,
  archiveChangedMs: Date.UTC(2026, 0, 5),
  isLocked: false,
  isInvitable: true,
  autoArchive: 1440,
  slowmodeS: 0,
  flags: 0,
  tags: [],
  members: [ownerId],
  totalMessages: 0,
};

/** A sandbox whose forum has one post. */
async function runWithPost() {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'state.json');
  const nothing = { messages: {}, directChannels: [], commands: [], removedGuilds: [], people: [] };
  const guilds = [{ ...readingGroup, threads: [post] }];
  writeFileSync(
    stateFile,
    JSON.stringify({ version: 2, ...nothing, reactions: {}, pins: {}, commandPermissions: [], guilds }),
  );
  const sandbox = await runSandbox({ stateFile });
  return { sandbox, stateFile };
}

const path = `/channels/${post.id}`;

describe('a thread under an operator', () => {
  it('is named, locked, given tags and archived, as discord.js hears', async () => {
    const { sandbox } = await runWithPost();
    const client = await logIn(sandbox);
    const heard = once(client, Events.ThreadUpdate);
    const change = { name: 'The paper', locked: true, archived: true, appliedTags: ['question'], slowmode: 5 };
    expect((await sandbox.control('PATCH', path, change)).status).toBe(200);
    expect((await heard)[1]).toMatchObject({
      name: 'The paper',
      locked: true,
      archived: true,
      rateLimitPerUser: 5,
      appliedTags: [forum?.tags[1]?.id],
    });
  });

  it('changes no more for people while it is archived', async () => {
    const { sandbox } = await runWithPost();
    const { id } = (
      await sandbox.control<{ id: string }>('POST', '/messages', { user: 'Mika', channel: post.id, content: 'hi' })
    ).body;
    await sandbox.control('PATCH', path, { archived: true });
    const message = '#A paper is archived, so nothing in it can change: bring it back first.';
    const acts = [
      sandbox.control('PUT', '/reactions', { user: 'Mika', message: id, emoji: '⭐' }),
      sandbox.control('PUT', '/pins', { user: 'Ada', message: id }),
      sandbox.control('PATCH', `/messages/${id}`, { user: 'Mika', content: 'x' }),
      sandbox.control('DELETE', `/messages/${id}?user=Mika`),
    ];
    for (const act of acts) expect(await act).toMatchObject({ status: 400, body: { message } });
    await sandbox.control('PATCH', path, { archived: false });
    expect((await sandbox.control('PATCH', `/messages/${id}`, { user: 'Mika', content: 'x' })).status).toBe(200);
  });

  it('loses tags that its forum loses, and refuses tags that are not there', async () => {
    const { sandbox } = await runWithPost();
    await sandbox.control('PATCH', path, { appliedTags: ['question', 'worth reading'] });
    const tags = [{ name: 'worth reading' }];
    await sandbox.control('PATCH', '/channels/paper-talk', { tags, requireTag: true });
    expect((await sandbox.api('GET', path)).body).toMatchObject({ applied_tags: [forum?.tags[0]?.id] });
    const sentences = [];
    for (const body of [{ appliedTags: ['question'] }, { appliedTags: [] }, { topic: 'x' }]) {
      sentences.push((await sandbox.control<{ message: string }>('PATCH', path, body)).body.message);
    }
    expect(sentences).toEqual([
      'There is no tag “question” in #paper-talk (there are: worth reading).',
      'Each post of #paper-talk must bear a tag.',
      'The body: there is no “topic” here; it takes name, archived, locked, appliedTags, slowmode.',
    ]);
  });

  it('goes with its channel, and so do its messages', async () => {
    const { sandbox, stateFile } = await runWithPost();
    await sandbox.control('POST', '/messages', { user: 'Mika', channel: post.id, content: 'hi' });
    expect((await sandbox.control('DELETE', '/channels/paper-talk')).status).toBe(200);
    expect((await sandbox.api('GET', path)).body).toMatchObject({ code: 10003 });
    await sandbox.close();
    const saved = JSON.parse(readFileSync(stateFile, 'utf8'));
    expect(saved).toMatchObject({ guilds: [{ threads: [] }] });
    expect(saved.messages).toEqual({});
  });
});
