import { ChannelType } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { channelName } from './channel-name.ts';
import { channelObject } from './channel-objects.ts';
import { channelSettings, settingsShape } from './channel-settings.ts';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { changesOf, fieldsOf, words } from './control-fields.ts';
import { channelNamed, guildNamed } from './control-named.ts';
import { controlThreadChange } from './control-thread-change.ts';
import { dropLostTags } from './forum-tags.ts';
import { newChannel } from './guild.ts';
import type { GuildChannel, GuildChannelType } from './guild.ts';
import { maxChannels } from './limits.ts';
import type { SandboxState } from './state.ts';

const types = {
  text: ChannelType.GuildText,
  announcement: ChannelType.GuildAnnouncement,
  forum: ChannelType.GuildForum,
  category: ChannelType.GuildCategory,
  voice: ChannelType.GuildVoice,
} as const satisfies Record<string, GuildChannelType>;
type TypeName = keyof typeof types;

const name = words(1, 100);
const newBody = fieldsOf({
  name,
  type: z
    .enum(['text', 'announcement', 'forum', 'category', 'voice'] satisfies TypeName[], {
      error: 'must be text, announcement, forum, category or voice',
    })
    .default('text'),
  ...settingsShape,
});
const changeBody = changesOf({
  name: name.optional(),
  type: z
    .enum(['text', 'announcement'] satisfies TypeName[], {
      error: 'must be text or announcement, which can become each other',
    })
    .optional(),
  ...settingsShape,
});

/** Channels of servers: made, changed, removed; threads too, but for making them. */
export function controlChannels({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  routes.post('/guilds/:guild/channels', async (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const asked = readBody(newBody, await readJson(context.req.raw));
    if (guild.channels.length >= maxChannels) {
      throw new ControlError(400, `“${guild.name}” has ${String(maxChannels)} channels, and no server can have more.`);
    }
    const type = types[asked.type];
    const plain = newChannel({
      id: state.nextId(),
      guild: guild.id,
      type,
      name: channelName(asked.name, type),
      position: Math.max(-1, ...guild.channels.map(({ position }) => position)) + 1,
    });
    const channel = { ...plain, ...channelSettings(asked, plain, state) };
    if (type === ChannelType.GuildAnnouncement) allowNews(guild.id, state);
    state.guilds.addChannel(channel);
    return context.json(channelObject(channel.id, state));
  });
  routes.patch('/channels/:channel', async (context) => {
    const known = channelNamed(context.req.param('channel'), state);
    const body = await readJson(context.req.raw);
    if ('autoArchive' in known) controlThreadChange(known, body, state);
    else controlChannelChange(known, readBody(changeBody, body), state);
    return context.json(channelObject(known.id, state));
  });
  routes.delete('/channels/:channel', (context) => {
    const known = channelNamed(context.req.param('channel'), state);
    const gone = channelObject(known.id, state);
    if ('autoArchive' in known) state.guilds.removeThread(known.id);
    else state.guilds.removeChannel(known.id);
    return context.json(gone);
  });
  return routes;
}

function controlChannelChange(known: GuildChannel, asked: z.infer<typeof changeBody>, state: SandboxState): void {
  const type = asked.type === undefined ? known.type : types[asked.type];
  if (type !== known.type && known.type !== types.text && known.type !== types.announcement) {
    throw new ControlError(400, `#${known.name} stays what it is: only text and announcement become each other.`);
  }
  const settings = channelSettings(asked, { ...known, type }, state);
  if (type === ChannelType.GuildAnnouncement) allowNews(known.guild, state);
  const next = state.guilds.changeChannel(known.id, {
    ...settings,
    type,
    name: asked.name === undefined ? known.name : channelName(asked.name, type),
  });
  dropLostTags(next, state);
}

/** Announcement channels need a server with this feature. */
function allowNews(guildId: string, state: SandboxState): void {
  const features = state.guilds.find(guildId)?.features ?? [];
  if (!features.includes('NEWS')) state.guilds.changeGuild(guildId, { features: [...features, 'NEWS'] });
}
