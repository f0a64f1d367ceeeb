import { commandPermissionsObject } from './command-permissions.ts';
import type { GatewaySession } from './gateway-session.ts';
import { tellOfGuild } from './gateway-guild-events.ts';
import { tellOfMessages } from './gateway-message-events.ts';
import { guildsOfBot } from './guild-objects.ts';
import { isMember } from './guild-store.ts';
import type { JsonObject } from './json.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxEvent, SandboxState } from './state.ts';
import { bot } from './world.ts';

/** An event as a session hears it. */
export type Told = {
  readonly intent: number;
  readonly guild: Snowflake | null;
  readonly type: string;
  readonly body: JsonObject;
};

/** The servers that the bot is in. */
export function guildIdsOfBot(state: SandboxState): Snowflake[] {
  return guildsOfBot(state).map(({ id }) => id);
}

/** Whether the bot is in this server. */
export function isBotIn(id: Snowflake, state: SandboxState): boolean {
  const guild = state.guilds.find(id);
  return guild !== undefined && isMember(guild, bot.id);
}

/**
 * Brings `event` to those sessions whose intents and shard ask for it, when the event is for the bot to know. Of a server in an
 * outage nothing is told but that it went. However many sessions there are, the event is written once.
 */
export function dispatchEvent(sessions: Iterable<GatewaySession>, event: SandboxEvent, state: SandboxState): void {
  const told = tell(event, state);
  if (told === null) return;
  if (told.guild !== null && state.guilds.isUnavailable(told.guild) && told.type !== 'GUILD_DELETE') return;
  const body = JSON.stringify(told.body);
  for (const session of sessions) {
    if ((session.intents & told.intent) !== told.intent) continue;
    if (told.guild === null ? session.isShardZero : session.owns(told.guild)) session.dispatchJson(told.type, body);
  }
}

/** What the bot is told of an event; null for nothing. */
function tell(event: SandboxEvent, state: SandboxState): Told | null {
  switch (event.type) {
    case 'message':
    case 'message_update':
    case 'message_delete':
    case 'messages_delete':
    case 'reaction':
    case 'pins':
      return tellOfMessages(event, state);
    case 'guild':
    case 'channel':
    case 'thread':
    case 'thread_access':
    case 'thread_members':
    case 'role':
    case 'member':
    case 'outage':
      return tellOfGuild(event, state);
    case 'command_permissions': {
      const { guild } = event.permissions;
      if (!isBotIn(guild, state)) return null;
      const body = commandPermissionsObject(event.permissions);
      return { intent: 0, guild, type: 'APPLICATION_COMMAND_PERMISSIONS_UPDATE', body };
    }
    // Since version 8 a bot is not told of private channels; of the rest Discord's clients hear alone.
    default:
      return null;
  }
}
