import type { REST } from 'discord.js';
import type { ReadEnvironment } from '../config/environment.ts';
import type { Settings } from '../config/settings.ts';
import { aheadOfDiscordMs } from '../discord/ahead-of-discord.ts';
import { openDm } from '../discord/direct-message.ts';
import { createDmQueue } from '../discord/dm-queue.ts';
import { inviteUrl } from '../discord/posting-permissions.ts';
import type { CommandData } from '../discord/registration.ts';
import { createRest } from '../discord/rest.ts';
import type { Target } from '../domain/target.ts';
import { createClock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import { openStore } from '../store/open-store.ts';
import { checkCommands, checkPermissions, checkServers, checkSessionStarts, checkToken } from './check-discord.ts';
import { skipped } from './check.ts';
import type { Check } from './check.ts';
import { openKnowledge } from './open-knowledge.ts';
import { commandRoutes } from './command-routes.ts';

export type DiscordLook = {
  readonly checks: readonly Check[];
  readonly invite: string | null;
  /** By how many milliseconds the machine's clock is ahead of Discord's; null where it did not tell. */
  readonly aheadMs: number | null;
};

/**
 * What Discord says of the bot.
 *
 * @param subscribed channels and people that are posted to; null where nobody knows
 */
export async function discordChecks(
  { environment, problems }: ReadEnvironment,
  settings: Settings,
  subscribed: readonly Target[] | null,
): Promise<DiscordLook> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = environment;
  const others = ['gateway', 'servers', 'permissions', 'commands'];
  if (token === undefined) {
    const found = problems.some(({ name }) => name === 'DISCORD_TOKEN')
      ? 'DISCORD_TOKEN cannot be used'
      : 'DISCORD_TOKEN is not set: `npm start` runs a local Discord of its own';
    return { checks: skipped(['token', ...others], found), invite: null, aheadMs: null };
  }
  const rest = createRest({ apiUrl, token });
  const aheadMs = aheadOfDiscordMs(rest);
  const { check: tokenCheck, account } = await checkToken(rest);
  if (!account) {
    const checks = [tokenCheck, ...skipped(others, 'nobody could say whose the token is')];
    return { checks, invite: null, aheadMs: aheadMs() };
  }
  const invite = inviteUrl(account.applicationId);
  const checks = [
    tokenCheck,
    await checkSessionStarts(rest),
    await checkServers(account, invite),
    ...(subscribed
      ? [await checkPermissions(rest, account, subscribed, invite)]
      : skipped(['permissions'], 'there are no subscriptions to read')),
    await checkCommands(rest, account, () => wantedCommands(settings, rest)),
  ];
  return { checks, invite, aheadMs: aheadMs() };
}

/** The slash commands of this version: what is registered does not hang on what is stored. */
async function wantedCommands({ posting }: Settings, rest: REST): Promise<CommandData[]> {
  const store = await openStore('sqlite::memory:', { log: createLog('silent') });
  try {
    const clock = createClock();
    const dms = createDmQueue((userId) => openDm(rest, userId), 0, clock);
    const routes = commandRoutes(
      { store, knowledge: openKnowledge(store), clock, defaults: posting, openDm: dms.open },
      rest,
    );
    return routes.commands.map(({ data }) => data);
  } finally {
    await store.close();
  }
}
