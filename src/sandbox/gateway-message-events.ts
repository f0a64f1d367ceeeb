import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Told } from './gateway-events.ts';
import type { Guild } from './guild.ts';
import type { JsonObject } from './json.ts';
import { discordTime } from './message.ts';
import { readableByBot } from './message-content.ts';
import { has, permissionsIn } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxEvent, SandboxState } from './state.ts';
import { memberFieldsOf, memberObject } from './user-objects.ts';
import { bot } from './world.ts';

type MessageEvents = Extract<
  SandboxEvent,
  { type: 'message' | 'message_update' | 'message_delete' | 'messages_delete' | 'reaction' | 'pins' }
>;

/** What the bot is told of messages, reactions and pins; null for nothing. */
export function tellOfMessages(event: MessageEvents, state: SandboxState): Told | null {
  const channel = 'message' in event ? event.message.channel_id : event.channel;
  const guild = state.guilds.ofChannel(channel);
  const place = state.guilds.channel(channel) ?? state.guilds.thread(channel);
  // A bot does not hear of channels that it cannot see.
  if (guild !== undefined && !has(permissionsIn(guild, bot.id, place), Permission.ViewChannel)) return null;
  const of = guild === undefined ? {} : { guild_id: guild.id };
  const at = { guild: guild?.id ?? null, intent: guild === undefined ? Intent.DirectMessages : Intent.GuildMessages };
  switch (event.type) {
    case 'message_delete':
      if (event.visibleTo !== null) return null;
      return { ...at, type: 'MESSAGE_DELETE', body: { id: event.id, channel_id: channel, ...of } };
    case 'messages_delete':
      return { ...at, type: 'MESSAGE_DELETE_BULK', body: { ids: event.ids, channel_id: channel, ...of } };
    case 'pins': {
      const newest = state.pins.of(channel).at(-1);
      const time = newest === undefined ? null : discordTime(newest.pinnedMs);
      const intent = guild === undefined ? Intent.DirectMessages : Intent.Guilds;
      return {
        ...at,
        intent,
        type: 'CHANNEL_PINS_UPDATE',
        body: { channel_id: channel, last_pin_timestamp: time, ...of },
      };
    }
    case 'reaction': {
      const { message, emoji, user } = event;
      const intent = guild === undefined ? Intent.DirectMessageReactions : Intent.GuildMessageReactions;
      const member = guild === undefined || user === null ? undefined : memberWithUser(guild, user, state);
      const body = {
        ...(user === null ? {} : { user_id: user, type: 0, burst: false }),
        channel_id: channel,
        message_id: message.id,
        ...of,
        ...(emoji === null ? {} : { emoji }),
      };
      if (event.change === 'create') {
        const author = { message_author_id: message.author.id };
        return {
          ...at,
          intent,
          type: 'MESSAGE_REACTION_ADD',
          body: { ...body, ...author, ...(member ? { member } : {}) },
        };
      }
      const all = emoji === null ? '_ALL' : user === null ? '_EMOJI' : '';
      return { ...at, intent, type: `MESSAGE_REACTION_REMOVE${all}`, body };
    }
    default: {
      if (event.visibleTo !== null) return null;
      const { message } = event;
      const fields = guild === undefined ? undefined : memberFieldsOf(guild, message.author.id);
      const body = {
        ...readableByBot(message, state),
        ...of,
        ...(fields ? { member: fields } : {}),
      };
      return { ...at, type: event.type === 'message' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE', body };
    }
  }
}

function memberWithUser(guild: Guild, user: Snowflake, state: SandboxState): JsonObject | undefined {
  const member = guild.members.find((one) => one.user === user);
  const person = state.people.byId(user);
  return member === undefined || person === undefined ? undefined : memberObject(member, person);
}
