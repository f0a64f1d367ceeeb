import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelType, Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { readingGroup } from '../../src/sandbox/world.ts';
import { readStateFile } from './read-state-file.ts';
import { logIn, runSandbox } from './running-sandbox.ts';

const forum = readingGroup.channels.find(({ type }) => type === ChannelType.GuildForum);

/** A sandbox whose forum has one post, by Ada. */
async function runWithPost(options: Parameters<typeof runSandbox>[0] = {}) {
  const sandbox = await runSandbox(options);
  const said = { user: 'Ada', name: 'A paper', content: 'Read it?' };
  const { id } = (await sandbox.control<{ id: string }>('POST', '/channels/paper-talk/threads', said)).body;
  return { sandbox, id, path: `/channels/${id}` };
}

describe('a thread under an operator', () => {
  it('is named, locked, given tags and archived, as discord.js hears', async () => {
    const { sandbox, path } = await runWithPost();
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
    const { sandbox, path, id: post } = await runWithPost();
    const { id } = (
      await sandbox.control<{ id: string }>('POST', '/messages', { user: 'Mika', channel: post, content: 'hi' })
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
    const { sandbox, path } = await runWithPost();
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
    const stateFile = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'state.json');
    const { sandbox, path, id } = await runWithPost({ stateFile });
    await sandbox.control('POST', '/messages', { user: 'Mika', channel: id, content: 'hi' });
    expect((await sandbox.control('DELETE', '/channels/paper-talk')).status).toBe(200);
    expect((await sandbox.api('GET', path)).body).toMatchObject({ code: 10003 });
    await sandbox.close();
    expect(readStateFile(stateFile)).toMatchObject({
      guilds: [{ name: 'Systems Reading Group' }],
      threads: [],
      messages: {},
    });
  });
});
