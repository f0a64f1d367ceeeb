import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { accessGuild } from './access.ts';
import { refuse } from './api-error.ts';
import { demandCategory, forumFlags } from './change-channel.ts';
import { channelName } from './channel-name.ts';
import { guildChannelObject, isForum } from './channel-objects.ts';
import { demandOverwrites, overwritesFrom } from './channel-overwrites.ts';
import { endpointsBelow, param } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { invalidForm, parseForm } from './form-errors.ts';
import { tagsFrom } from './forum-tags.ts';
import { newChannel } from './guild.ts';
import type { GuildChannel } from './guild.ts';
import { maxChannels } from './limits.ts';
import type { SandboxState } from './state.ts';
import { newChannelSchema, positionsSchema } from './validate-channel.ts';

/** New channels of a server, and their order. */
export function guildChannelEndpoints(state: SandboxState): Endpoint[] {
  const route = endpointsBelow('/guilds/:id/channels');
  return [
    route('POST', '', (call) => ({ status: 201, body: guildChannelObject(createChannel(state, call), state) })),
    route('PATCH', '', (call) => {
      order(state, call);
      return { status: 204 };
    }),
  ];
}

function createChannel(state: SandboxState, call: Call): GuildChannel {
  const guild = accessGuild(state, param(call, 'id'), Permission.ManageChannels);
  const form = parseForm(newChannelSchema, call.body);
  const type = form.type ?? ChannelType.GuildText;
  if (guild.channels.length >= maxChannels) throw refuse(30013);
  if (type === ChannelType.GuildAnnouncement && !guild.features.includes('NEWS')) throw refuse(50024);
  if (form.parent_id) demandCategory(guild, { type }, form.parent_id);
  const category = guild.channels.find(({ id }) => id === form.parent_id);
  const asked = form.permission_overwrites ? overwritesFrom(form.permission_overwrites, guild) : undefined;
  if (asked !== undefined) demandOverwrites(guild, undefined, [], asked);
  const plain = newChannel({
    id: state.nextId(),
    guild: guild.id,
    type,
    name: channelName(form.name, type),
    topic: form.topic ?? null,
    position: form.position ?? guild.channels.length,
    parent: form.parent_id ?? null,
    // Without a word of their own, channels go with their category.
    overwrites: asked ?? category?.overwrites ?? [],
    isNsfw: form.nsfw ?? false,
    slowmodeS: form.rate_limit_per_user ?? 0,
  });
  const channel = isForum(plain)
    ? { ...plain, flags: forumFlags(form.flags), tags: tagsFrom(form.available_tags ?? [], [], state) }
    : plain;
  state.guilds.addChannel(channel);
  return channel;
}

/** Moves channels; all is checked before the first one moves. */
function order(state: SandboxState, call: Call): void {
  const guild = accessGuild(state, param(call, 'id'), Permission.ManageChannels);
  const form = parseForm(positionsSchema, call.body);
  const moves = form.map((move, at) => {
    const channel = guild.channels.find(({ id }) => id === move.id);
    if (channel !== undefined) return { ...move, channel };
    const path = [String(at), 'id'];
    throw invalidForm([{ path, code: 'GUILD_CHANNEL_UNKNOWN', message: 'Unknown channel of this server.' }]);
  });
  const adopted = moves.filter(({ parent_id, channel }) => parent_id !== undefined && parent_id !== channel.parent);
  if (adopted.length > 1) throw refuse(40009);
  for (const { channel, parent_id } of adopted) if (parent_id) demandCategory(guild, channel, parent_id);
  for (const { channel, position, parent_id, lock_permissions } of moves) {
    const parent = parent_id === undefined ? channel.parent : parent_id;
    const category = guild.channels.find(({ id }) => id === parent);
    state.guilds.changeChannel(channel.id, {
      position: position ?? channel.position,
      parent,
      overwrites: lock_permissions === true && category !== undefined ? category.overwrites : channel.overwrites,
    });
  }
}
