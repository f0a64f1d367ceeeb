import { once } from 'node:events';
import { ChannelType, Events, GatewayIntentBits, MessageFlags, MessageType } from 'discord.js';
import type { Client, GuildTextBasedChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';

const { Guilds, GuildMessages, GuildMessageReactions } = GatewayIntentBits;
const notFound = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';

describe('discord.js and messages', () => {
  it('sends, edits, replies, reads pages and deletes', async () => {
    const { channel } = await setUp();
    const first = await channel.send('one');
    const reply = await first.reply('two');
    expect(reply.type).toBe(MessageType.Reply);
    expect((await first.edit('one, mended')).editedTimestamp).not.toBeNull();
    await channel.send('three');
    const after = await channel.messages.fetch({ after: first.id, limit: 1 });
    expect(after.map(({ content }) => content)).toEqual(['two']);
    const before = await channel.messages.fetch({ before: reply.id });
    expect(before.map(({ content }) => content)).toEqual(['one, mended']);
    await reply.delete();
    await expect(channel.messages.fetch(reply.id)).rejects.toMatchObject({ code: 10008 });
  });

  it('sends files, described, and pictures of an embed from them', async () => {
    const { channel } = await setUp();
    const message = await channel.send({
      files: [{ attachment: Buffer.from('%PNG'), name: 'plot.png', description: 'papers per day' }],
      embeds: [{ title: 'Plot', image: { url: 'attachment://plot.png' } }],
    });
    const file = message.attachments.first();
    expect(file).toMatchObject({ name: 'plot.png', description: 'papers per day', size: 4 });
    expect(message.embeds[0]?.image?.url).toBe(file?.url);
    expect(await (await fetch(file?.url ?? '')).text()).toBe('%PNG');
  });

  it('sends Components V2, whose flag never goes away', async () => {
    const { channel } = await setUp();
    const components = [{ type: 10, content: '# A paper' }] as const;
    const message = await channel.send({ flags: MessageFlags.IsComponentsV2, components });
    const edited = await message.edit({ components: [{ type: 10, content: 'again' }] });
    expect(edited.flags.has(MessageFlags.IsComponentsV2)).toBe(true);
    await expect(message.edit({ content: 'plain' })).rejects.toMatchObject({ code: 50035 });
  });

  it('shows files of the message inside Components V2', async () => {
    const { channel } = await setUp();
    const message = await channel.send({
      flags: MessageFlags.IsComponentsV2,
      files: [
        { attachment: Buffer.from('%PNG'), name: 'plot.png' },
        { attachment: Buffer.from('a,b'), name: 'table.csv' },
      ],
      components: [
        { type: 12, items: [{ media: { url: 'attachment://plot.png' }, description: 'papers per day' }] },
        { type: 13, file: { url: 'attachment://table.csv' } },
      ],
    });
    const [gallery, file] = message.components.map((component) => component.toJSON());
    const [plot, table] = [...message.attachments.values()];
    expect(gallery).toMatchObject({ items: [{ media: { url: plot?.url }, description: 'papers per day' }] });
    expect(file).toMatchObject({ file: { url: table?.url }, name: 'table.csv', size: 3 });
    await expect(
      channel.send({
        flags: MessageFlags.IsComponentsV2,
        components: [{ type: 13, file: { url: 'attachment://none' } }],
      }),
    ).rejects.toMatchObject({
      code: 50035,
      rawError: { errors: { components: { 0: { file: { url: { _errors: [{ code: notFound }] } } } } } },
    });
  });

  it('gives the first message again for the same enforced nonce, in whatever channel', async () => {
    const { client, channel, other } = await setUp();
    const first = await channel.send({ content: 'once', nonce: 'n1', enforceNonce: true });
    const second = await other.send({ content: 'twice?', nonce: 'n1', enforceNonce: true });
    expect(second.id).toBe(first.id);
    expect((await other.messages.fetch()).size).toBe(0);
    await first.delete();
    await expect(channel.send({ content: 'x', nonce: 'n1', enforceNonce: true })).rejects.toMatchObject({
      code: 10008,
    });
    expect(client.isReady()).toBe(true);
  });

  it('publishes its own message of an announcement channel once, and nothing elsewhere', async () => {
    const { client, channel } = await setUp();
    const news = client.channels.cache.find(({ type }) => type === ChannelType.GuildAnnouncement);
    if (news?.type !== ChannelType.GuildAnnouncement) throw new Error('no announcement channel');
    const message = await news.send('news');
    const published = await message.crosspost();
    expect(published.flags.has(MessageFlags.Crossposted)).toBe(true);
    await expect(message.crosspost()).rejects.toMatchObject({ code: 40033 });
    const plain = await channel.send('x');
    await expect(client.rest.post(`/channels/${channel.id}/messages/${plain.id}/crosspost`)).rejects.toMatchObject({
      code: 50024,
    });
  });

  it('is refused where there is nothing to send to', async () => {
    const { client } = await setUp();
    const forum = client.channels.cache.find(({ type }) => type === ChannelType.GuildForum);
    await expect(
      client.rest.post(`/channels/${forum?.id ?? ''}/messages`, { body: { content: 'x' } }),
    ).rejects.toMatchObject({ code: 50008 });
    await expect(client.rest.post('/channels/1/messages', { body: { content: 'x' } })).rejects.toMatchObject({
      code: 10003,
    });
  });

  it('may not delete in bulk or what others said, as it was given no such right', async () => {
    const { sandbox, channel } = await setUp();
    const { body } = await sandbox.control<{ id: string }>('POST', '/messages', {
      user: 'Mika',
      channel: 'general',
      content: 'mine',
    });
    await expect(channel.messages.delete(body.id)).rejects.toMatchObject({ code: 50013 });
    await expect(channel.bulkDelete([body.id, (await channel.send('x')).id])).rejects.toMatchObject({ code: 50013 });
  });

  it('reacts, lists who did, and takes it back; everybody listening hears of it', async () => {
    const { sandbox, client, channel } = await setUp();
    const message = await channel.send('vote');
    const heard = once(client, Events.MessageReactionAdd);
    await message.react('👍');
    const [reaction] = await heard;
    expect(reaction).toMatchObject({ emoji: { name: '👍' }, count: 1, me: true });
    const users = await message.reactions.resolve('👍')?.users.fetch();
    expect(users?.map(({ id }) => id)).toEqual([client.user.id]);
    const unheard = once(client, Events.MessageReactionRemove);
    await message.reactions.resolve('👍')?.users.remove();
    await unheard;
    const read = await sandbox.api('GET', `/channels/${channel.id}/messages/${message.id}`);
    expect(read.body).not.toHaveProperty('reactions');
    await expect(message.react('nothing')).rejects.toMatchObject({ code: 10014 });
  });

  it('may not pin until it is given the right', async () => {
    const { channel } = await setUp();
    const message = await channel.send('keep');
    await expect(message.pin()).rejects.toMatchObject({ code: 50013 });
    expect((await channel.messages.fetchPins()).items).toEqual([]);
  });
});

async function setUp() {
  const sandbox = await runSandbox();
  const client = await logIn(sandbox, undefined, { intents: [Guilds, GuildMessages, GuildMessageReactions] });
  const channel = textChannel(client, sandbox.general);
  const other = textChannel(client, sandbox.ready.channels[0]?.id ?? '');
  return { sandbox, client, channel, other };
}

function textChannel(client: Client, id: string): GuildTextBasedChannel {
  const channel = client.channels.cache.get(id);
  if (channel?.isTextBased() !== true || channel.isDMBased()) throw new Error(`no text channel ${id}`);
  return channel;
}
