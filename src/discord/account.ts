import { Routes } from 'discord.js';
import type { REST } from 'discord.js';
import { z } from 'zod';
import { readAnswer } from './read-answer.ts';

/** Who a token is. */
export type Account = {
  readonly botId: string;
  readonly botName: string;
  readonly applicationId: string;
  /** Servers the bot is in, as Discord estimates it. */
  readonly guildCount: number;
};

const userSchema = z.object({ id: z.string(), username: z.string() });
const applicationSchema = z.object({ id: z.string(), approximate_guild_count: z.int().default(0) });

/** @throws AppError `token-refused`, `discord-refused` or `discord-unreachable` */
export async function readAccount(rest: REST): Promise<Account> {
  const user = await readAnswer(rest, Routes.user(), userSchema);
  const application = await readAnswer(rest, Routes.oauth2CurrentApplication(), applicationSchema);
  return {
    botId: user.id,
    botName: user.username,
    applicationId: application.id,
    guildCount: application.approximate_guild_count,
  };
}

/** How often a bot may still log in until `resetsInMs` (real milliseconds); beyond that Discord resets its token. */
export type SessionStarts = { readonly total: number; readonly remaining: number; readonly resetsInMs: number };

const gatewaySchema = z.object({
  session_start_limit: z.object({ total: z.int(), remaining: z.int(), reset_after: z.int() }),
});

/** @throws AppError `token-refused`, `discord-refused` or `discord-unreachable` */
export async function readSessionStarts(rest: REST): Promise<SessionStarts> {
  const { session_start_limit: limit } = await readAnswer(rest, Routes.gatewayBot(), gatewaySchema);
  return { total: limit.total, remaining: limit.remaining, resetsInMs: limit.reset_after };
}
