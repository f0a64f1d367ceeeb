import type { REST } from 'discord.js';
import { readAccount, readSessionStarts } from '../discord/account.ts';
import type { Account } from '../discord/account.ts';
import { postingFaults } from '../discord/posting-faults.ts';
import { compareCommands } from '../discord/registration.ts';
import type { CommandData } from '../discord/registration.ts';
import type { Target } from '../domain/target.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';

/** What to do where Discord does not answer as it should; a refused token has a sentence of its own. */
const discordMend = 'Check DISCORD_TOKEN, DISCORD_API_URL, the network and https://discordstatus.com.';

/** Whose token it is; the account is null where nobody knows. */
export async function checkToken(rest: REST): Promise<{ readonly check: Check; readonly account: Account | null }> {
  let account: Account | null = null;
  const result = await check('token', discordMend, async () => {
    account = await readAccount(rest);
    return well(`it is ${account.botName}’s (${account.botId})`);
  });
  return { check: result, account };
}

/** Below this a bot that restarts in a circle would soon lose its token. */
const fewStarts = 50;

export function checkSessionStarts(rest: REST): Promise<Check> {
  return check('gateway', discordMend, async () => {
    const { total, remaining, resetsInMs } = await readSessionStarts(rest);
    const period = resetsInMs > 0 ? ` for the next ${Math.ceil(resetsInMs / 3_600_000)} h` : '';
    const found = `${remaining} of ${total} logins left${period}`;
    if (remaining >= Math.min(fewStarts, total / 2)) return well(found);
    return ill(found, 'Find out what starts the bot again and again: beyond that number Discord resets its token.');
  });
}

/** @param invite the address that lets it into a server */
export function checkServers({ guildCount }: Account, invite: string): Promise<Check> {
  return check('servers', discordMend, () => {
    if (guildCount === 0) return ill('the bot is in no server', `Invite it: ${invite}`);
    return well(`the bot is in ${guildCount === 1 ? 'one server' : `${guildCount} servers`}`);
  });
}

/** Channels that are asked about: each server costs three requests. */
const mostChannels = 50;

/** What is missing where somebody subscribed. */
export function checkPermissions(
  rest: REST,
  { botId }: Account,
  subscribed: readonly Target[],
  invite: string,
): Promise<Check> {
  return check('permissions', discordMend, async () => {
    const channels = subscribed.filter(({ guildId, kind }) => guildId !== null && kind !== 'dm');
    if (channels.length === 0) return unknown('no channel is subscribed yet');
    const asked = channels.slice(0, mostChannels);
    const faults: string[] = [];
    for (const [guildId, ofGuild] of Map.groupBy(asked, (channel) => channel.guildId ?? '')) {
      const ids = ofGuild.map(({ id }) => id);
      faults.push(...(await postingFaults(rest, botId, guildId, ids)));
    }
    const left = channels.length - asked.length;
    const note = left === 0 ? '' : ` (${left} more were not asked about)`;
    if (faults.length === 0) return well(`the bot can post in all of ${asked.length} channels${note}`);
    return ill(
      `${faults.join('; ')}${note}`,
      `Give it these permissions in the channel’s settings, or unsubscribe the channel; a server it has left takes it back by ${invite}`,
    );
  });
}

/** Whether Discord has the slash commands as this version has them. */
export function checkCommands(
  rest: REST,
  { applicationId }: Account,
  wanted: () => Promise<readonly CommandData[]>,
): Promise<Check> {
  return check('commands', discordMend, async () => {
    const commands = await wanted();
    const changes = await compareCommands(rest, applicationId, commands);
    if (changes.length === 0) return well(`${commands.length} slash commands are registered`);
    if (changes.length === commands.length && changes.every(({ change }) => change === 'added')) {
      return unknown('no slash command is registered yet: the bot does that when it starts');
    }
    const words = { added: 'missing', changed: 'different', removed: 'too many' } as const;
    const named = changes.map(({ name, change }) => `/${name} (${words[change]})`).join(', ');
    return ill(`Discord has other slash commands than this version: ${named}`, 'Start the bot: it registers them.');
  });
}
