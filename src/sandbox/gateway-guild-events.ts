import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { guildChannelObject, threadMemberObject, threadObject } from './channel-objects.ts';
import type { Told } from './gateway-events.ts';
import type { Thread } from './guild.ts';
import type { GuildEvent } from './guild-store.ts';
import { isMember } from './guild-store.ts';
import { guildObject, roleObject } from './guild-objects.ts';
import type { JsonObject } from './json.ts';
import { has, permissionsIn } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { memberFieldsOf, memberObject, userObject } from './user-objects.ts';
import { bot } from './world.ts';

/** The server as GUILD_CREATE brings it: whole, with channels, active threads and members. */
function guildCreate(state: SandboxState, guildId: Snowflake): JsonObject {
  const guild = state.guilds.find(guildId);
  if (guild === undefined) throw new Error(`sandbox: no guild ${guildId}`);
  return {
    ...guildObject(guild),
    joined_at: memberFieldsOf(guild, bot.id)?.['joined_at'],
    large: false,
    unavailable: false,
    member_count: guild.members.length,
    voice_states: [],
    // Without the intent of presences a bot is told of nobody but itself.
    members: guild.members.filter(({ user }) => user === bot.id).map((member) => memberObject(member, bot)),
    channels: guild.channels.map((channel) => guildChannelObject(channel, state)),
    threads: state.guilds
      .activeThreadsOf(guildId)
      .filter((thread) => has(permissionsIn(guild, bot.id, thread), Permission.ViewChannel))
      .map((thread) => threadObject(thread, state)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** How a session that just began hears of a server. Source: events/gateway-events, Guild Create: in an outage it is a deletion. */
export function guildGreeting(
  state: SandboxState,
  id: Snowflake,
): { readonly type: string; readonly body: JsonObject } {
  return state.guilds.isUnavailable(id)
    ? { type: 'GUILD_DELETE', body: { id, unavailable: true } }
    : { type: 'GUILD_CREATE', body: guildCreate(state, id) };
}

/** What the bot is told of a server, its channels, threads, roles and members; null for nothing. */
export function tellOfGuild(event: GuildEvent, state: SandboxState): Told | null {
  const change = 'change' in event ? event.change.toUpperCase() : '';
  switch (event.type) {
    case 'guild': {
      if (!isMember(event.guild, bot.id)) return null;
      const at = { intent: Intent.Guilds, guild: event.guild.id };
      if (event.change === 'create') return { ...at, type: 'GUILD_CREATE', body: guildCreate(state, event.guild.id) };
      return event.change === 'delete'
        ? { ...at, type: 'GUILD_DELETE', body: { id: event.guild.id } }
        : { ...at, type: 'GUILD_UPDATE', body: guildObject(event.guild) };
    }
    case 'outage':
      if (!isMember(event.guild, bot.id)) return null;
      return { intent: Intent.Guilds, guild: event.guild.id, ...guildGreeting(state, event.guild.id) };
    case 'channel':
      return inGuild(event.channel.guild, `CHANNEL_${change}`, guildChannelObject(event.channel, state), state);
    case 'thread': {
      const { thread } = event;
      const { id, guild, parent, type } = thread;
      if (!seesThread(thread, state)) return null;
      if (event.change === 'delete') {
        return inGuild(guild, 'THREAD_DELETE', { id, guild_id: guild, parent_id: parent, type }, state);
      }
      const isNew = event.change === 'create' ? { newly_created: true } : {};
      return inGuild(guild, `THREAD_${change}`, { ...threadObject(thread, state), ...isNew }, state);
    }
    case 'thread_access':
      if (event.user !== bot.id) return null;
      return inGuild(event.thread.guild, 'THREAD_CREATE', threadObject(event.thread, state), state);
    case 'thread_members': {
      const { thread } = event;
      // Of others' comings and goings a bot hears with the privileged intent alone, which nobody has here.
      const added = event.added.filter((user) => user === bot.id);
      const removed = event.removed.filter((user) => user === bot.id);
      if (added.length + removed.length === 0) return null;
      const body = {
        id: thread.id,
        guild_id: thread.guild,
        member_count: Math.min(thread.members.length, 50),
        ...(added.length > 0 ? { added_members: added.map((user) => threadMemberObject(thread, user)) } : {}),
        ...(removed.length > 0 ? { removed_member_ids: removed } : {}),
      };
      return inGuild(thread.guild, 'THREAD_MEMBERS_UPDATE', body, state);
    }
    case 'role': {
      const role = event.change === 'delete' ? { role_id: event.role.id } : { role: roleObject(event.role) };
      return inGuild(event.guild, `GUILD_ROLE_${change}`, { guild_id: event.guild, ...role }, state);
    }
    default: {
      const { guild, member } = event;
      const person = state.people.byId(member.user);
      if (person === undefined) return null;
      if (member.user === bot.id && event.change !== 'update') {
        return event.change === 'create'
          ? { intent: Intent.Guilds, guild: guild.id, type: 'GUILD_CREATE', body: guildCreate(state, guild.id) }
          : { intent: Intent.Guilds, guild: guild.id, type: 'GUILD_DELETE', body: { id: guild.id } };
      }
      if (!isMember(guild, bot.id)) return null;
      // Of its own roles a bot hears without the privileged intent.
      const intent = member.user === bot.id ? 0 : Intent.GuildMembers;
      const body =
        event.change === 'delete'
          ? { guild_id: guild.id, user: userObject(person) }
          : { guild_id: guild.id, ...memberObject(member, person) };
      const suffix = { create: 'ADD', update: 'UPDATE', delete: 'REMOVE' }[event.change];
      return { intent, guild: guild.id, type: `GUILD_MEMBER_${suffix}`, body };
    }
  }
}

/** Of private threads a bot hears only where it is in them or moderates. */
function seesThread(thread: Thread, state: SandboxState): boolean {
  const guild = state.guilds.find(thread.guild);
  return guild !== undefined && has(permissionsIn(guild, bot.id, thread), Permission.ViewChannel);
}

/** For who is in the server and asks for its changes. */
function inGuild(guildId: Snowflake, type: string, body: JsonObject, state: SandboxState): Told | null {
  const guild = state.guilds.find(guildId);
  if (guild === undefined || !isMember(guild, bot.id)) return null;
  return { intent: Intent.Guilds, guild: guildId, type, body };
}
