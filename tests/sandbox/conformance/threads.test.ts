import { once } from 'node:events';
import {
  ChannelType,
  Events,
  GatewayIntentBits,
  MessageFlags,
  MessageType,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { AnyThreadChannel, Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runWithRights } from '../run-with-rights.ts';
import { logIn } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

const moderator = ['ManageThreads', 'CreatePrivateThreads'] as const;

describe('discord.js and threads', () => {
  it('starts a thread from a message, which shows it, once', async () => {
    const { client, channel } = await setUp();
    const message = await channel.send('a paper');
    const updated = once(client, Events.MessageUpdate);
    const created = once(client, Events.ThreadCreate);
    const thread = await channel.threads.create({
      name: 'about it',
      startMessage: message,
      autoArchiveDuration: ThreadAutoArchiveDuration.OneDay,
      rateLimitPerUser: 5,
    });
    expect(thread).toMatchObject({ id: message.id, type: ChannelType.PublicThread, name: 'about it', joined: true });
    expect(thread).toMatchObject({ autoArchiveDuration: 1_440, rateLimitPerUser: 5, parentId: channel.id });
    expect(await created).toMatchObject([{ id: thread.id }, true]);
    await updated;
    const read = await message.fetch(true);
    expect(read.flags.has(MessageFlags.HasThread)).toBe(true);
    expect(read.thread?.id).toBe(thread.id);
    expect((await thread.fetchStarterMessage())?.content).toBe('a paper');
    const [pointer] = (await thread.messages.fetch()).values();
    expect(pointer).toMatchObject({
      type: MessageType.ThreadStarterMessage,
      reference: { messageId: message.id, channelId: channel.id },
    });
    await expect(channel.threads.create({ name: 'again', startMessage: message })).rejects.toMatchObject({
      code: 160_004,
    });
  });

  it('starts a thread without a message, of which the channel is told', async () => {
    const { client, channel } = await setUp();
    const joined = once(client, Events.ThreadMembersUpdate);
    const thread = await channel.threads.create({ name: 'on its own' });
    expect(thread.type).toBe(ChannelType.PublicThread);
    const [notice] = (await channel.messages.fetch({ limit: 1 })).values();
    expect(notice).toMatchObject({
      type: MessageType.ThreadCreated,
      content: 'on its own',
      reference: { channelId: thread.id, guildId: channel.guildId },
    });
    expect((await joined)[2]).toMatchObject({ id: thread.id, memberCount: 1 });
    expect(thread.joinable).toBe(false);
    expect(thread.sendable).toBe(true);
  });

  it('starts private threads where it may, and announcement threads below announcements', async () => {
    const { channel, news } = await setUp(moderator);
    const secret = await channel.threads.create({ name: 'secret', type: ChannelType.PrivateThread, invitable: false });
    expect(secret).toMatchObject({ type: ChannelType.PrivateThread, invitable: false });
    const latest = (await channel.messages.fetch({ limit: 1 })).first();
    expect(latest).toBeUndefined();
    const below = await news.threads.create({ name: 'news', startMessage: await news.send('x') });
    expect(below.type).toBe(ChannelType.AnnouncementThread);
    expect((await news.threads.create({ name: 'more news' })).type).toBe(ChannelType.AnnouncementThread);
  });

  it('may not start private threads without the right', async () => {
    const { channel } = await setUp();
    const type = ChannelType.PrivateThread;
    await expect(channel.threads.create({ name: 'secret', type })).rejects.toMatchObject({ code: 50013 });
  });

  it('may not start public threads without the right', async () => {
    const { channel } = await setUp([], ['CreatePublicThreads']);
    await expect(channel.threads.create({ name: 'x' })).rejects.toMatchObject({ code: 50013 });
  });

  it('has no threads in threads, nor in private channels, nor below what Discord says', async () => {
    const { client, channel, sandbox } = await setUp();
    const thread = await channel.threads.create({ name: 'one' });
    const start = async (id: string) =>
      await client.rest.post(`/channels/${id}/threads`, { body: { name: 'x', type: 11 } });
    await expect(start(thread.id)).rejects.toMatchObject({ code: 50024 });
    const direct = await (await client.users.fetch(sandbox.userId('Mika'))).createDM();
    await expect(start(direct.id)).rejects.toMatchObject({ code: 50003 });
    const notice = (await channel.messages.fetch({ limit: 1 })).first();
    await expect(notice?.startThread({ name: 'x' })).rejects.toMatchObject({ code: 50021 });
  });

  it('renames its own thread, archives it and brings it back; the client hears of it', async () => {
    const { client, channel } = await setUp();
    const thread = await channel.threads.create({ name: 'one' });
    const updated = once(client, Events.ThreadUpdate);
    await thread.setName('two');
    expect((await updated)[1]).toMatchObject({ name: 'two' });
    expect((await thread.messages.fetch({ limit: 1 })).first()).toMatchObject({
      type: MessageType.ChannelNameChange,
      content: 'two',
    });
    await thread.setArchived(true);
    await expect(thread.setName('three')).rejects.toMatchObject({ code: 50083 });
    await expect(thread.join()).rejects.toMatchObject({ code: 50083 });
    expect((await thread.setArchived(false)).archived).toBe(false);
    expect((await thread.setAutoArchiveDuration(60)).autoArchiveDuration).toBe(60);
  });

  it('locks threads only with the right', async () => {
    const { channel } = await setUp();
    const thread = await channel.threads.create({ name: 'one' });
    await expect(thread.setLocked(true)).rejects.toMatchObject({ code: 50013 });
    await expect(thread.setRateLimitPerUser(10)).rejects.toMatchObject({ code: 50013 });
    await expect(thread.delete()).rejects.toMatchObject({ code: 50013 });
  });

  it('locks, slows, and deletes threads as a moderator', async () => {
    const { client, channel } = await setUp(moderator);
    const thread = await channel.threads.create({ name: 'one', startMessage: await channel.send('x') });
    expect((await thread.setLocked(true)).locked).toBe(true);
    expect((await thread.setArchived(true)).locked).toBe(true);
    expect((await thread.edit({ archived: false, rateLimitPerUser: 10 })).rateLimitPerUser).toBe(10);
    const gone = once(client, Events.ThreadDelete);
    await thread.delete();
    expect((await gone)[0]).toMatchObject({ id: thread.id });
    const starter = await channel.messages.fetch({ message: thread.id, force: true });
    expect(starter.hasThread).toBe(false);
  });

  it("leaves other people's threads as they are, but may join and leave them", async () => {
    const { sandbox, client } = await setUp();
    const theirs = await startedByMika(sandbox, client);
    expect(theirs.joined).toBe(false);
    expect(theirs.joinable).toBe(true);
    await expect(theirs.setName('mine')).rejects.toMatchObject({ code: 50013 });
    await expect(theirs.setArchived(true)).rejects.toMatchObject({ code: 50013 });
    await theirs.join();
    expect((await theirs.members.fetchMe()).id).toBe(client.user.id);
    expect((await theirs.fetch()).memberCount).toBe(2);
    await theirs.leave();
    await expect(theirs.members.fetchMe({ force: true })).rejects.toMatchObject({ code: 10007 });
  });

  it('brings people into threads, lists them, and removes them only as a moderator', async () => {
    const { sandbox, channel } = await setUp();
    const thread = await channel.threads.create({ name: 'one' });
    const mika = sandbox.userId('Mika');
    await thread.members.add(mika);
    expect((await thread.messages.fetch({ limit: 1 })).first()?.type).toBe(MessageType.RecipientAdd);
    expect((await thread.members.fetch()).has(mika)).toBe(true);
    const full = await thread.members.fetch({ member: mika, withMember: true, force: true });
    expect(full.guildMember?.id).toBe(mika);
    await expect(thread.members.add(sandbox.userId('Otto'))).rejects.toMatchObject({ code: 10007 });
    await expect(thread.members.remove(mika)).rejects.toMatchObject({ code: 50013 });
  });

  it('removes people as a moderator', async () => {
    const { sandbox, client, channel } = await setUp(moderator);
    const thread = await channel.threads.create({ name: 'one' });
    const mika = sandbox.userId('Mika');
    await thread.members.add(mika);
    await thread.members.remove(mika);
    expect((await thread.members.fetch()).map(({ id }) => id)).toEqual([client.user.id]);
  });

  it('lists active threads, and archived ones in pages, youngest archived first', async () => {
    let nowMs = Date.UTC(2026, 10, 22);
    const { channel } = await setUp(moderator, [], () => nowMs);
    for (const name of ['a', 'b', 'c', 'd']) {
      const thread = await channel.threads.create({ name });
      nowMs += 1_000;
      if (name !== 'd') await thread.setArchived(true);
      nowMs += 1_000;
    }
    expect((await channel.threads.fetchActive()).threads.map(({ name }) => name)).toEqual(['d']);
    const first = await channel.threads.fetchArchived({ limit: 2 });
    expect(first.threads.map(({ name }) => name)).toEqual(['c', 'b']);
    expect(first).toMatchObject({ hasMore: true });
    const rest = await channel.threads.fetchArchived({ limit: 2, before: first.threads.last()?.archivedAt ?? 0 });
    expect(rest.threads.map(({ name }) => name)).toEqual(['a']);
    expect(rest).toMatchObject({ hasMore: false });
  });

  it('lists archived private threads: its own, and all of them as a moderator', async () => {
    const { channel } = await setUp(moderator);
    const secret = await channel.threads.create({ name: 'secret', type: ChannelType.PrivateThread });
    await secret.setArchived(true);
    for (const fetchAll of [false, true]) {
      const { threads } = await channel.threads.fetchArchived({ type: 'private', fetchAll });
      expect(threads.map(({ id }) => id)).toEqual([secret.id]);
    }
    expect((await channel.threads.fetchArchived({ type: 'public' })).threads.size).toBe(0);
  });

  it('may not list all private threads without the right', async () => {
    const { channel } = await setUp(['CreatePrivateThreads']);
    await expect(channel.threads.fetchArchived({ type: 'private', fetchAll: true })).rejects.toMatchObject({
      code: 50013,
    });
  });

  it('archives a thread in which nothing was said for its time', async () => {
    let nowMs = Date.UTC(2026, 10, 22);
    const { channel } = await setUp([], [], () => nowMs);
    const thread = await channel.threads.create({ name: 'quiet', autoArchiveDuration: 60 });
    nowMs += 60 * 60_000 - 1;
    expect((await channel.threads.fetchActive()).threads.size).toBe(1);
    nowMs += 1;
    expect((await channel.threads.fetchActive()).threads.size).toBe(0);
    const { threads } = await channel.threads.fetchArchived();
    expect(threads.get(thread.id)?.archived).toBe(true);
  });

  it('brings an archived thread back by a message, and hears so before the message', async () => {
    const { client, channel } = await setUp();
    const thread = await channel.threads.create({ name: 'one' });
    const first = await thread.send('one');
    await thread.setArchived(true);
    await expect(first.edit('x')).rejects.toMatchObject({ code: 50083 });
    await expect(first.react('👍')).rejects.toMatchObject({ code: 50083 });
    const heard: string[] = [];
    client.on(Events.Raw, ({ t }: { t: string }) => heard.push(t));
    const created = once(client, Events.MessageCreate);
    await thread.send('two');
    await created;
    expect(heard).toEqual(['THREAD_UPDATE', 'MESSAGE_CREATE']);
    expect(await thread.fetch()).toMatchObject({ archived: false, messageCount: 2, totalMessageSent: 2 });
    await first.delete();
    expect(await thread.fetch()).toMatchObject({ messageCount: 1, totalMessageSent: 2 });
  });

  it('writes in a locked thread only as a moderator', async () => {
    const { sandbox, client } = await setUp(moderator);
    const theirs = await startedByMika(sandbox, client);
    const own = await theirs.send('before');
    await theirs.setLocked(true);
    await theirs.send('after');
    expect((await own.edit('still')).content).toBe('still');
    const spoken = { user: 'Mika', channel: theirs.id, content: 'x' };
    expect((await sandbox.control('POST', '/messages', spoken)).status).toBe(403);
  });

  it('is in every thread that it writes in', async () => {
    const { sandbox, client } = await setUp();
    const theirs = await startedByMika(sandbox, client);
    const joined = once(client, Events.ThreadMembersUpdate);
    await theirs.send('hello');
    expect((await joined)[2]).toMatchObject({ id: theirs.id, memberCount: 2 });
    expect(theirs.joined).toBe(true);
  });

  it('has no more than 1,000 active threads in a server', async () => {
    const { sandbox, channel } = await setUp();
    const path = `/channels/${channel.id}/threads`;
    for (let batch = 0; batch < 10; batch += 1) {
      const starts = Array.from({ length: 100 }, async () => await sandbox.api('POST', path, { name: 'x', type: 11 }));
      expect((await Promise.all(starts)).every(({ status }) => status === 201)).toBe(true);
    }
    await expect(channel.threads.create({ name: 'one too many' })).rejects.toMatchObject({ code: 160_006 });
  }, 30_000);
});

async function setUp(
  more: Parameters<typeof runWithRights>[0] = [],
  fewer: Parameters<typeof runWithRights>[1] = [],
  now?: () => number,
) {
  const sandbox = await runWithRights(more, fewer, now === undefined ? {} : { now });
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
  const client = await logIn(sandbox, undefined, { intents });
  const channel = client.channels.cache.get(sandbox.general);
  const news = client.channels.cache.find(({ type }) => type === ChannelType.GuildAnnouncement);
  if (channel?.type !== ChannelType.GuildText) throw new Error('#general is no text channel');
  if (news?.type !== ChannelType.GuildAnnouncement) throw new Error('no announcement channel');
  return { sandbox, client, channel, news };
}

async function startedByMika(sandbox: RunningSandbox, client: Client<true>): Promise<AnyThreadChannel> {
  const created = once(client, Events.ThreadCreate);
  const body = { user: 'Mika', name: 'from Mika' };
  expect((await sandbox.control('POST', '/channels/general/threads', body)).status).toBe(200);
  await created;
  const thread = client.channels.cache.find((one) => one.isThread());
  if (thread?.isThread() !== true) throw new Error('the client did not hear of the thread');
  return thread;
}
