import { createHash } from 'node:crypto';
import { RequestMethod, Routes } from 'discord.js';
import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { z } from 'zod';
import type { Outcome } from '../domain/delivery.ts';
import { outcomeOfThrown } from './outcome.ts';
import type { OutcomeDeps, Tried } from './outcome.ts';
import { readAs } from './read-as.ts';
import type { Answered, DiscordRequest } from './rest.ts';

/**
 * The nonce of a delivery: 24 characters (Discord allows 25), the same in every attempt and in every process.
 * It is made of the delivery and not of the paper: Discord looks a nonce up per author, not per channel, so that a paper's nonce would make
 * every channel after the first "succeed" with the first one's message.
 */
export function nonceOf(deliveryId: string): string {
  return createHash('sha256').update(deliveryId).digest('base64url').slice(0, 24);
}

const postedSchema = z.object({ id: z.string() });

/**
 * Posts one message, at most once within the few minutes that Discord remembers a nonce.
 *
 * @throws AppError `token-refused`; whatever is no failure of Discord or the network, as it came
 */
export async function sendMessage(
  request: DiscordRequest,
  message: Tried & {
    readonly channelId: string;
    readonly body: RESTPostAPIChannelMessageJSONBody;
    readonly deliveryId: string;
  },
  deps: OutcomeDeps,
): Promise<Outcome> {
  const body = {
    ...message.body,
    // Paper titles are text of strangers: nobody is ever pinged by one.
    allowed_mentions: { parse: [] },
    nonce: nonceOf(message.deliveryId),
    enforce_nonce: true,
  };
  return outcomeOf(
    () => request({ method: RequestMethod.Post, route: Routes.channelMessages(message.channelId), body }),
    message,
    deps,
  );
}

/** Makes a request that creates a message (or a thread, whose first message has its id), and says what came of it. */
export async function outcomeOf(create: () => Promise<Answered>, tried: Tried, deps: OutcomeDeps): Promise<Outcome> {
  try {
    const { body, opensInMs } = await create();
    const { id } = readAs(postedSchema, body);
    const laneOpensAtMs = opensInMs > 0 ? deps.nowMs() + Math.ceil(deps.fromReal(opensInMs)) : null;
    return { kind: 'sent', messageId: id, laneOpensAtMs };
  } catch (thrown) {
    return outcomeOfThrown(thrown, tried, deps);
  }
}
