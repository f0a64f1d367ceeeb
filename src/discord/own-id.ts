import { RequestMethod, Routes } from 'discord.js';
import { z } from 'zod';
import { readAs } from './read-as.ts';
import type { DiscordRequest } from './rest.ts';

const userSchema = z.object({ id: z.string() });

/** Asks Discord once for the id of the bot's own user: who only sends is not logged in, and old bots have an id unlike their application's. */
export function createOwnId(request: DiscordRequest): () => Promise<string> {
  let known: string | null = null;
  return async () =>
    (known ??= readAs(userSchema, (await request({ method: RequestMethod.Get, route: Routes.user() })).body).id);
}
