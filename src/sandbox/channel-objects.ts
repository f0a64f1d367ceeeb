import { ChannelType, MessageType } from 'discord-api-types/v10';
import type { GuildChannel, Thread } from './guild.ts';
import type { JsonObject } from './json.ts';
import { discordTime } from './message.ts';
import type { Message } from './message.ts';
import type { Snowflake } from './snowflake.ts';
import type { DirectChannel, SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import { bot } from './world.ts';

/** A channel of a server as Discord writes it. */
export function guildChannelObject(channel: GuildChannel, state: SandboxState): JsonObject {
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild,
    name: channel.name,
    position: channel.position,
    flags: channel.flags,
    parent_id: channel.parent,
    permission_overwrites: channel.overwrites,
  };
  if (channel.type === ChannelType.GuildCategory) return common;
  const shared = { ...common, nsfw: channel.isNsfw, rate_limit_per_user: channel.slowmodeS };
  if (channel.type === ChannelType.GuildVoice) {
    return {
      ...shared,
      bitrate: 64_000,
      user_limit: 0,
      rtc_region: null,
      last_message_id: lastMessageId(channel.id, state),
    };
  }
  const written = { ...shared, topic: channel.topic };
  if (isForum(channel)) {
    const newest = state.guilds.threadsBelow(channel.id).at(-1);
    return {
      ...written,
      last_message_id: newest?.id ?? null,
      available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null })),
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
      default_thread_rate_limit_per_user: 0,
      template: '',
    };
  }
  return {
    ...written,
    last_message_id: lastMessageId(channel.id, state),
    last_pin_timestamp: lastPin(channel.id, state),
  };
}

/** A thread as Discord writes it; with the bot's own membership where it has one. */
export function threadObject(thread: Thread, state: SandboxState): JsonObject {
  const first = state.firstMessage(thread.id);
  const said = state.countVisible(thread.id) - (first !== undefined && isStarter(first) ? 1 : 0);
  const isPrivate = thread.type === ChannelType.PrivateThread;
  return {
    id: thread.id,
    type: thread.type,
    guild_id: thread.guild,
    name: thread.name,
    parent_id: thread.parent,
    owner_id: thread.owner,
    flags: thread.flags,
    last_message_id: lastMessageId(thread.id, state),
    last_pin_timestamp: lastPin(thread.id, state),
    rate_limit_per_user: thread.slowmodeS,
    message_count: Math.min(said, thread.totalMessages),
    total_message_sent: thread.totalMessages,
    member_count: Math.min(thread.members.length, 50),
    applied_tags: thread.tags,
    thread_metadata: {
      archived: thread.isArchived,
      archive_timestamp: discordTime(thread.archiveChangedMs),
      auto_archive_duration: thread.autoArchive,
      locked: thread.isLocked,
      create_timestamp: discordTime(thread.createdMs),
      ...(isPrivate ? { invitable: thread.isInvitable } : {}),
    },
    ...(thread.members.includes(bot.id) ? { member: threadMemberObject(thread, bot.id) } : {}),
  };
}

/** Somebody's membership of a thread. */
export function threadMemberObject(thread: Thread, user: Snowflake): JsonObject {
  return { id: thread.id, user_id: user, join_timestamp: discordTime(thread.createdMs), flags: 0 };
}

/** A private channel between the bot and somebody. */
export function directChannelObject(channel: DirectChannel, state: SandboxState): JsonObject {
  const person = state.people.byId(channel.user);
  return {
    id: channel.id,
    type: ChannelType.DM,
    flags: 0,
    last_message_id: lastMessageId(channel.id, state),
    recipients: person === undefined ? [] : [userObject(person)],
  };
}

/** Any channel by its id, as Discord writes it; undefined where there is none. */
export function channelObject(id: Snowflake, state: SandboxState): JsonObject | undefined {
  const channel = state.guilds.channel(id);
  if (channel !== undefined) return guildChannelObject(channel, state);
  const thread = state.guilds.thread(id);
  if (thread !== undefined) return threadObject(thread, state);
  const direct = state.directChannel(id);
  return direct === undefined ? undefined : directChannelObject(direct, state);
}

/** Whether the channel holds posts instead of messages. */
export function isForum(channel: GuildChannel): boolean {
  return channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
}

/** Whether messages can be sent to the channel itself. */
export function isTextChannel(channel: GuildChannel): boolean {
  return channel.type !== ChannelType.GuildCategory && !isForum(channel);
}

/** The first of a thread, which Discord does not count: a post's own, or the pointer to a message of the parent. */
function isStarter(message: Message): boolean {
  const pointer: number = MessageType.ThreadStarterMessage;
  return message.id === message.channel_id || message.type === pointer;
}

function lastMessageId(channel: Snowflake, state: SandboxState): Snowflake | null {
  return state.lastMessage(channel)?.id ?? null;
}

function lastPin(channel: Snowflake, state: SandboxState): string | null {
  const newest = state.pins.of(channel).at(-1);
  return newest === undefined ? null : discordTime(newest.pinnedMs);
}
