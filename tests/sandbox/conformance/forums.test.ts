import { once } from 'node:events';
import { ChannelFlags, ChannelType, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runWithRights } from '../run-with-rights.ts';
import { logIn } from '../running-sandbox.ts';

describe('discord.js and forums', () => {
  it('posts with tags and files; the first message has the id of the post', async () => {
    const { client, forum } = await setUp();
    const [worthReading, question] = forum.availableTags;
    const heard = once(client, Events.MessageCreate);
    const post = await forum.threads.create({
      name: 'A paper',
      message: { content: 'What do you think?', files: [{ attachment: Buffer.from('%PDF'), name: 'a.pdf' }] },
      appliedTags: [worthReading?.id ?? '', question?.id ?? ''],
    });
    expect(post).toMatchObject({ type: ChannelType.PublicThread, parentId: forum.id, joined: true, messageCount: 0 });
    expect(post.appliedTags).toEqual([worthReading?.id, question?.id]);
    expect((await heard)[0]).toMatchObject({ id: post.id, channelId: post.id });
    const starter = await post.fetchStarterMessage();
    expect(starter?.content).toBe('What do you think?');
    expect(starter?.attachments.first()?.name).toBe('a.pdf');
  });

  it('needs a message, and takes tags that the forum has and that are not for moderators', async () => {
    const { client, forum } = await setUp();
    await expect(client.rest.post(`/channels/${forum.id}/threads`, { body: { name: 'x' } })).rejects.toMatchObject({
      code: 50035,
    });
    const post = async (appliedTags: string[]) =>
      await forum.threads.create({ name: 'x', message: { content: 'x' }, appliedTags });
    await expect(post(['1'])).rejects.toMatchObject({ code: 10087 });
    const moderated = forum.availableTags.find((tag) => tag.moderated)?.id ?? '';
    await expect(post([moderated])).rejects.toMatchObject({ code: 50013 });
    await expect(forum.threads.create({ name: 'x', message: { content: '' } })).rejects.toMatchObject({ code: 50006 });
  });

  it('changes the tags of its posts, and pins one as a moderator', async () => {
    const { forum } = await setUp(['ManageThreads']);
    const post = await forum.threads.create({ name: 'x', message: { content: 'x' } });
    const ids = forum.availableTags.map(({ id }) => id);
    expect((await post.setAppliedTags(ids)).appliedTags).toEqual(ids);
    expect((await post.pin()).flags.has(ChannelFlags.Pinned)).toBe(true);
    const other = await forum.threads.create({ name: 'y', message: { content: 'y' } });
    await expect(other.pin()).rejects.toMatchObject({ code: 30047 });
    await post.unpin();
    expect((await other.pin()).flags.has(ChannelFlags.Pinned)).toBe(true);
  });

  it('demands a tag where the forum does', async () => {
    const { forum } = await setUp(['ManageChannels']);
    await forum.edit({ flags: ChannelFlags.RequireTag });
    const post = async (appliedTags?: string[]) =>
      await forum.threads.create({ name: 'x', message: { content: 'x' }, ...(appliedTags ? { appliedTags } : {}) });
    await expect(post()).rejects.toMatchObject({ code: 40067 });
    const tagged = await post([forum.availableTags[0]?.id ?? '']);
    await expect(tagged.setAppliedTags([])).rejects.toMatchObject({ code: 40067 });
    await forum.setAvailableTags([{ name: 'only ours', moderated: true }]);
    await expect(post()).rejects.toMatchObject({ code: 40066 });
  });

  it('sets the tags of a forum: those that stay keep their ids, those that go leave its posts', async () => {
    const { client, forum } = await setUp(['ManageChannels']);
    const [kept] = forum.availableTags;
    if (kept === undefined) throw new Error('the forum has no tags');
    const edited = await forum.setAvailableTags([{ ...kept, name: 'renamed' }, { name: 'new' }]);
    expect(edited.availableTags).toMatchObject([
      { id: kept.id, name: 'renamed' },
      { name: 'new', moderated: false },
    ]);
    const post = await forum.threads.create({ name: 'x', message: { content: 'x' }, appliedTags: [kept.id] });
    const lost = once(client, Events.ThreadUpdate);
    await forum.setAvailableTags([{ name: 'another' }]);
    expect((await lost)[1]).toMatchObject({ id: post.id, appliedTags: [] });
    const twice = [{ name: 'same' }, { name: 'same' }];
    await expect(forum.setAvailableTags(twice)).rejects.toMatchObject({ code: 40061 });
  });

  it('may not post without the right to send', async () => {
    const { forum } = await setUp([], ['SendMessages']);
    await expect(forum.threads.create({ name: 'x', message: { content: 'x' } })).rejects.toMatchObject({ code: 50013 });
  });
});

async function setUp(more: Parameters<typeof runWithRights>[0] = [], fewer: Parameters<typeof runWithRights>[1] = []) {
  const sandbox = await runWithRights(more, fewer);
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
  const client = await logIn(sandbox, undefined, { intents });
  const forum = client.channels.cache.find(({ type }) => type === ChannelType.GuildForum);
  if (forum?.type !== ChannelType.GuildForum) throw new Error('no forum');
  return { sandbox, client, forum };
}
