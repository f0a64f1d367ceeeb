import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Status,
} from 'discord.js';
import type { Interaction } from 'discord.js';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { discordFailure } from './failure.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { createInteractionRouter } from './interactions.ts';
import type { RouterDeps, Routes } from './interactions.ts';
import { tokenRefused } from './outcome.ts';
import { watchPlaces } from './place-events.ts';
import type { PlaceEvents } from './place-events.ts';
import { patiently } from './patiently.ts';
import type { Sleep } from './patiently.ts';
import { countInvalid, restOptions } from './rest.ts';

/** Our presence on Discord: people's commands, buttons and forms come in here, and are answered here. */
export type Gateway = {
  readonly botId: string;
  readonly botName: string;
  readonly applicationId: string;
  /** Ids of the servers the bot is in right now. */
  guildIds(): string[];
  /** False while the connection is lost. */
  isConnected(): boolean;
  /** Lets the answers under way finish, then leaves. */
  readonly close: () => Promise<void>;
};

/** How long Discord may take to say that we are in, in real milliseconds. Its own steps time out after 15 s and are tried again. */
const readyWithinMs = 45_000;

/** How long a closing gateway waits for answers under way, in real milliseconds. */
const closeWithinMs = 3_000;

/**
 * Logs in, and answers interactions until closed. Reconnects by itself after network troubles; the first login is tried for half a minute.
 *
 * @param deps.onFatal called when Discord ends an open session for good, such as after a reset of the token
 * @param deps.sleep waits between the tries to log in
 * @throws AppError `token-refused` or `discord-unreachable`
 */
export async function openGateway(
  settings: { readonly apiUrl: string; readonly token: string },
  routes: Routes,
  deps: RouterDeps & {
    onFatal(error: AppError): void;
    readonly sleep?: Sleep;
    readonly invalidRequests?: InvalidRequests;
    readonly places?: PlaceEvents;
  },
): Promise<Gateway> {
  const { log } = deps;
  const route = createInteractionRouter(routes, deps);
  const underWay = new Set<Promise<void>>();
  function answer(interaction: Interaction): void {
    const answering = route(interaction)
      // An unhandled rejection would end the process, and with it everybody's answers.
      .catch((bug: unknown) => {
        const stack = bug instanceof Error ? bug.stack : undefined;
        log.error(
          { interaction: interaction.id, error: messageOf(bug), stack },
          'an interaction met a bug in the router',
        );
      })
      .finally(() => underWay.delete(answering));
    underWay.add(answering);
  }

  const client = await patiently(() => logIn(settings, answer, deps), deps);
  if (deps.invalidRequests) countInvalid(client.rest, deps.invalidRequests);
  client.on(Events.ShardDisconnect, ({ code }) => deps.onFatal(sessionEnded(code)));

  return {
    botId: client.user.id,
    botName: client.user.username,
    applicationId: client.application.id,
    // The manager's own status stays “ready” for good; only its shards know.
    isConnected: () => client.ws.shards.every((shard) => shard.status === Status.Ready),
    guildIds: () => [...client.guilds.cache.keys()],
    close: async () => {
      client.removeAllListeners(Events.InteractionCreate);
      await Promise.race([Promise.allSettled(underWay), realTimeout(closeWithinMs)]);
      // Leaving on purpose is no lost connection.
      client.removeAllListeners(Events.ShardReconnecting);
      client.removeAllListeners(Events.ShardDisconnect);
      await client.destroy();
    },
  };
}

/** Caches hold what a slash command needs, servers, channels, roles and ourselves, and nothing that grows with use. */
function createClient(apiUrl: string): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    enforceNonce: true,
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildForumThreadManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      GuildTextThreadManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: 0,
      VoiceStateManager: 0,
    }),
  });
}

function logEvents(client: Client, log: Log): void {
  // Without a listener an 'error' event would end the process.
  client.on(Events.Error, (error) => log.error({ error: error.message, stack: error.stack }, 'discord client error'));
  client.on(Events.Warn, (message) => log.warn({}, message));
  client.on(Events.ShardError, (error, shard) => log.warn({ shard, error: error.message }, 'gateway connection error'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'gateway connection lost, reconnecting'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'gateway session resumed'));
  client.on(Events.GuildCreate, (guild) => log.info({ guild: guild.id, name: guild.name }, 'added to a server'));
  client.on(Events.GuildDelete, (guild) => log.info({ guild: guild.id, name: guild.name }, 'removed from a server'));
  client.on(Events.ChannelDelete, (channel) => log.info({ channel: channel.id }, 'a channel was deleted'));
}

/** A new client, logged in: one that failed to log in is of no further use. */
async function logIn(
  settings: { apiUrl: string; token: string },
  answer: (interaction: Interaction) => void,
  { log, places }: { readonly log: Log; readonly places?: PlaceEvents },
): Promise<Client<true>> {
  const client = createClient(settings.apiUrl);
  client.on(Events.InteractionCreate, answer);
  logEvents(client, log);
  if (places) watchPlaces(client, places);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const late = realTimeout(readyWithinMs).then(() => {
    throw new AppError(
      'discord-unreachable',
      `${unreachable(settings.apiUrl)}: its gateway did not let us in within ${readyWithinMs / 1000} s.`,
    );
  });
  try {
    return await Promise.race([client.login(settings.token).then(() => ready), late]);
  } catch (thrown) {
    await client.destroy();
    throw loginError(thrown, settings.apiUrl);
  }
}

function loginError(thrown: unknown, apiUrl: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const invalid = thrown instanceof DiscordjsError && thrown.code === DiscordjsErrorCodes.TokenInvalid;
  // @discordjs/ws turns the close code 4004 into an error of this sentence.
  if (invalid || messageOf(thrown) === 'Authentication failed') return tokenRefused(thrown);
  const failure = discordFailure(thrown);
  const found = failure?.kind === 'server' ? `it answered ${failure.status}` : messageOf(thrown);
  return new AppError(
    'discord-unreachable',
    `${unreachable(apiUrl)}: ${found}. Check DISCORD_API_URL and the network.`,
    {
      cause: thrown,
    },
  );
}

function unreachable(apiUrl: string): string {
  return `discord: no session from ${apiUrl} (DISCORD_API_URL)`;
}

function sessionEnded(closeCode: number): AppError {
  const name = GatewayCloseCodes[closeCode] ?? 'unknown';
  if (name === 'AuthenticationFailed') return tokenRefused();
  return new AppError(
    'discord-session-ended',
    `discord: the gateway ended our session for good with code ${closeCode} (${name}).`,
  );
}

/** Waits on the machine's clock, for what the network does; does not keep the process alive. */
function realTimeout(durationMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, durationMs).unref());
}
