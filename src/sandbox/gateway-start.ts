import { setTimeout as wait } from 'node:timers/promises';
import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { isBotIn } from './gateway-events.ts';
import { guildGreeting } from './gateway-guild-events.ts';
import type { GatewaySession } from './gateway-session.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import { applicationId, bot } from './world.ts';

type Deps = {
  readonly state: SandboxState;
  readonly resumeUrl: string;
  /** False once the session was ended: nobody will hear the rest. */
  readonly isAlive: () => boolean;
};

/** Servers that are sent in one go; between two goes the sandbox serves everybody else. */
const guildsAtOnce = 50;
/** While the client has more than this to read, it is sent no further servers. */
const pauseAboveBytes = 1024 * 1024;
const lookAgainMs = 10;

/**
 * Greets a new session: READY with the servers of its shard as unavailable, then one GUILD_CREATE for each where the intents
 * ask for them. The first servers are sent at once, the rest as fast as the client reads.
 *
 * @param guilds the servers of the session's shard
 */
export async function startGatewaySession(
  session: GatewaySession,
  guilds: readonly Snowflake[],
  saysShard: boolean,
  deps: Deps,
): Promise<void> {
  session.dispatch('READY', {
    v: 10,
    user: { ...userObject(bot), mfa_enabled: true, verified: true, email: null },
    user_settings: {},
    session_type: 'normal',
    session_id: session.id,
    resume_gateway_url: deps.resumeUrl,
    guilds: guilds.map((id) => ({ id, unavailable: true })),
    private_channels: [],
    presences: [],
    relationships: [],
    application: { id: applicationId, flags: 0 },
    ...(saysShard ? { shard: session.shard } : {}),
  });
  if ((session.intents & Intent.Guilds) === 0) return;
  for (let from = 0; from < guilds.length; from += guildsAtOnce) {
    if (from > 0) await roomToSend(session);
    if (!deps.isAlive()) return;
    for (const id of guilds.slice(from, from + guildsAtOnce)) {
      // The bot may have left it since.
      if (!isBotIn(id, deps.state)) continue;
      const { type, body } = guildGreeting(deps.state, id);
      session.dispatch(type, body);
    }
  }
}

async function roomToSend(session: GatewaySession): Promise<void> {
  await wait(0, undefined, { ref: false });
  while ((session.link()?.backlogBytes() ?? 0) > pauseAboveBytes) await wait(lookAgainMs, undefined, { ref: false });
}
