import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { GatewaySession } from './gateway-session.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { guildChannelObject, guildMembers, guildObject, memberFields, memberObject } from './objects.ts';
import type { SandboxEvent, SandboxState } from './state.ts';
import { bot, findPerson, guildChannels, guildId } from './world.ts';

/** The servers that the bot is in. */
export function guildIdsOfBot(_state: SandboxState): readonly string[] {
  return [guildId];
}

/** The server as GUILD_CREATE brings it: whole, with channels and members. */
export function guildCreate(state: SandboxState, _guildId: string): JsonObject {
  return {
    ...guildObject(),
    joined_at: memberFields(bot)['joined_at'],
    large: false,
    unavailable: false,
    member_count: guildMembers().length,
    voice_states: [],
    members: guildMembers().map(memberObject),
    channels: guildChannels.map((channel) => guildChannelObject(channel, state)),
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Brings `event` to a session, when its intents ask for it and the event is for the bot to know. */
export function dispatchEvent(session: GatewaySession, event: SandboxEvent, state: SandboxState): void {
  // Since version 8 a bot is not told of private channels.
  if (event.type === 'dm' || event.type === 'commands' || event.type === 'typing') return;
  const channel = event.type === 'message_delete' ? event.channel : event.message.channel_id;
  const isDirect = state.directChannel(channel) !== undefined;
  if ((session.intents & (isDirect ? Intent.DirectMessages : Intent.GuildMessages)) === 0) return;
  if (isDirect ? !session.isShardZero : !session.owns(guildId)) return;
  const guild = isDirect ? {} : { guild_id: guildId };
  if (event.type === 'message_delete') {
    session.dispatch('MESSAGE_DELETE', { id: event.id, channel_id: channel, ...guild });
    return;
  }
  const author = findPerson(event.message.author.id);
  const member = isDirect || author === undefined ? {} : { member: memberFields(author) };
  const body = { ...withoutForeignContent(event.message, isDirect), ...guild, ...member };
  session.dispatch(event.type === 'message' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE', body);
}

/** Without the privileged intent a bot reads what it wrote, what mentions it and what is said to it alone. */
function withoutForeignContent(message: Message, isDirect: boolean): Message {
  const mayRead = isDirect || message.author.id === bot.id || message.mentions.some((user) => user.id === bot.id);
  return mayRead ? message : { ...message, content: '', embeds: [], attachments: [], components: [] };
}
