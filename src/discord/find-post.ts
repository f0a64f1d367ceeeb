import { RequestMethod, Routes } from 'discord.js';
import { z } from 'zod';
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { readAs } from './read-as.ts';
import type { DiscordRequest } from './rest.ts';
import { showsDelivery } from './shows-delivery.ts';
import { isNewer } from './snowflake.ts';

/** Messages a page, Discord's maximum. */
const page = 100;

/** Pages read at most. A channel's bucket for reading holds five requests in 5 s (2026-11): a longer look would never come to its end. */
const mostPages = 5;

const ordinaryMessage = 0;
const messagesSchema = z.array(
  z.looseObject({
    id: z.string(),
    type: z.int(),
    author: z.object({ id: z.string() }),
    /** Of an answer to somebody's command, which may show papers too. */
    interaction_metadata: z.unknown().optional(),
  }),
);

type LookDeps = { readonly request: DiscordRequest; ownId(): Promise<string> };

/**
 * Looks for a delivery among our own messages of its channel or DM channel, from the newest back to the one that is known to have come before
 * it: the id of its message, null where it is not there.
 *
 * Two limits, and beyond both it is null, for nothing shall be lost: the newest 500 messages are read, and without “Read Message History”
 * Discord shows none. What is then sent again bears the same nonce, by which Discord itself finds it for some minutes.
 *
 * @throws what `request` throws
 */
export async function findPost(delivery: ClaimedDelivery, { request, ownId }: LookDeps): Promise<string | null> {
  const { target, after } = delivery;
  const self = await ownId();
  let before: string | null = null;
  for (let pages = 0; pages < mostPages; pages++) {
    const query: URLSearchParams = new URLSearchParams({ limit: String(page) });
    if (before !== null) query.set('before', before);
    const { body } = await request({ method: RequestMethod.Get, route: Routes.channelMessages(target), query });
    const messages = readAs(messagesSchema, body);
    const candidates = messages.filter(
      ({ id, type, author, interaction_metadata: answered }) =>
        author.id === self && type === ordinaryMessage && (answered ?? null) === null && isNewer(id, after),
    );
    const found = candidates.find((message) => showsDelivery(message, delivery));
    if (found) return found.id;
    const oldest = messages.at(-1);
    if (oldest === undefined || messages.length < page || !isNewer(oldest.id, after)) return null;
    before = oldest.id;
  }
  return null;
}
