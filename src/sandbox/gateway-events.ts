import { commandPermissionsObject } from './command-permissions.ts';
import type { GatewaySession } from './gateway-session.ts';
import { tellOfGuild } from './gateway-guild-events.ts';
import { tellOfMessages } from './gateway-message-events.ts';
import { guildsOfBot } from './guild-objects.ts';
import type { JsonObject } from './json.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxEvent, SandboxState } from './state.ts';

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

/**
 * Brings `event` to a session, when its intents and its shard ask for it and the event is for the bot to know. Of a server in an
 * outage nothing is told but that it went.
 */
export function dispatchEvent(session: GatewaySession, event: SandboxEvent, state: SandboxState): void {
  const told = tell(event, state);
  if (told === null || (session.intents & told.intent) !== told.intent) return;
  if (told.guild === null ? !session.isShardZero : !session.owns(told.guild)) return;
  if (told.guild !== null && state.guilds.isUnavailable(told.guild) && told.type !== 'GUILD_DELETE') return;
  session.dispatch(told.type, told.body);
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
      if (!guildIdsOfBot(state).includes(guild)) return null;
      const body = commandPermissionsObject(event.permissions);
      return { intent: 0, guild, type: 'APPLICATION_COMMAND_PERMISSIONS_UPDATE', body };
    }
    // Since version 8 a bot is not told of private channels; of the rest Discord's clients hear alone.
    default:
      return null;
  }
}
