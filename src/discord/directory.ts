import { Routes } from 'discord.js';
import type { REST } from 'discord.js';
import { z } from 'zod';
import type { Target } from '../domain/target.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { kindOfChannel } from './channel-kind.ts';
import { readAnswer } from './read-answer.ts';

export type GuildEntry = { readonly id: string; readonly name: string };
/** `type` is Discord's channel type. */
export type ChannelEntry = { readonly id: string; readonly name: string; readonly type: number };
export type ResolvedChannel = { readonly id: string; readonly guildId: string; readonly kind: Target['kind'] };

/** What can be looked up of the servers the bot is in. Every failure of Discord is an AppError. */
export type Directory = {
  /** By name. */
  guilds(): Promise<GuildEntry[]>;
  /** As Discord orders them, all types. */
  channels(guildId: string): Promise<ChannelEntry[]>;
  /** Finds a server by id or name and a channel of it that takes posts by id, `name` or `#name`; else a sentence that says what there is. */
  resolveChannel(guild: string, channel: string): Promise<Result<ResolvedChannel, string>>;
};

const guildsSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const channelsSchema = z.array(z.object({ id: z.string(), name: z.string().nullish(), type: z.int() }));

/** Guilds a page, Discord's maximum. */
const guildPage = 200;

/** A directory that asks Discord anew at every call. */
export function createDirectory(rest: REST): Directory {
  async function guilds(): Promise<GuildEntry[]> {
    const found: GuildEntry[] = [];
    for (;;) {
      const query = new URLSearchParams({ limit: String(guildPage) });
      const last = found.at(-1);
      if (last !== undefined) query.set('after', last.id);
      const page = await readAnswer(rest, Routes.userGuilds(), guildsSchema, query);
      found.push(...page);
      if (page.length < guildPage) return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    }
  }

  async function channels(guildId: string): Promise<ChannelEntry[]> {
    const found = await readAnswer(rest, Routes.guildChannels(guildId), channelsSchema);
    return found.map((channel) => ({ id: channel.id, name: channel.name ?? '', type: channel.type }));
  }

  async function resolveChannel(guild: string, channel: string): Promise<Result<ResolvedChannel, string>> {
    const foundGuild = only('server', guild, await guilds());
    if (!foundGuild.ok) return foundGuild;
    const postable = (await channels(foundGuild.value.id)).flatMap((entry) => {
      const kind = kindOfChannel(entry.type);
      return kind === null ? [] : [{ ...entry, kind }];
    });
    const foundChannel = only('channel', channel.replace(/^#/, ''), postable);
    if (!foundChannel.ok) return err(`${foundChannel.error} (server ${foundGuild.value.name})`);
    const { id, kind } = foundChannel.value;
    return ok({ id, guildId: foundGuild.value.id, kind });
  }

  return { guilds, channels, resolveChannel };
}

/** The entry of that id, else the only one of that name; names are compared without regard to case. */
function only<E extends { id: string; name: string }>(
  what: string,
  wanted: string,
  entries: readonly E[],
): Result<E, string> {
  const byId = entries.find((entry) => entry.id === wanted);
  if (byId) return ok(byId);
  const [first, ...others] = entries.filter((entry) => entry.name.toLowerCase() === wanted.toLowerCase());
  if (first === undefined) {
    const names = entries.map((entry) => entry.name).slice(0, 20);
    return err(`There is no ${what} “${wanted}”; I see ${names.length === 0 ? 'none' : names.join(', ')}`);
  }
  if (others.length === 0) return ok(first);
  const ids = [first, ...others].map((entry) => entry.id);
  return err(`There are ${ids.length} ${what}s named “${wanted}”; name one by its id: ${ids.join(', ')}`);
}
