import { RESTEvents } from 'discord.js';
import type { REST } from 'discord.js';
import { aheadOfServerMs } from '../lib/ahead-of-server.ts';

/** Listens to the answers of a client: by how many milliseconds the machine's clock is ahead of Discord's; null before one that told it. */
export function aheadOfDiscordMs(rest: REST): () => number | null {
  let aheadMs: number | null = null;
  rest.on(RESTEvents.Response, (_request, { headers }) => {
    aheadMs = aheadOfServerMs(headers, Date.now()) ?? aheadMs;
  });
  return () => aheadMs;
}
