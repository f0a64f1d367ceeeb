import { createHash } from 'node:crypto';
import { Routes } from 'discord.js';
import type { REST, RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { z } from 'zod';
import type { Outcome } from '../domain/delivery.ts';
import { discordFailure } from './failure.ts';
import { outcomeOfFailure } from './outcome.ts';
import type { Tried } from './outcome.ts';

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
 * Posts one message, at most once within the few minutes that Discord remembers a nonce. Waits for short rate limits.
 *
 * @throws AppError `token-refused`; whatever is no failure of Discord or the network, as it came
 */
export async function sendMessage(
  rest: REST,
  message: Tried & {
    readonly channelId: string;
    readonly body: RESTPostAPIChannelMessageJSONBody;
    readonly deliveryId: string;
  },
  deps: { now(): number; random(): number },
): Promise<Outcome> {
  const body = {
    ...message.body,
    // Paper titles are text of strangers: nobody is ever pinged by one.
    allowed_mentions: { parse: [] },
    nonce: nonceOf(message.deliveryId),
    enforce_nonce: true,
  };
  try {
    const posted = postedSchema.parse(await rest.post(Routes.channelMessages(message.channelId), { body }));
    return { kind: 'sent', messageId: posted.id };
  } catch (thrown) {
    const failure = discordFailure(thrown);
    if (failure === null) throw thrown;
    return outcomeOfFailure(failure, message, { nowMs: deps.now(), random: () => deps.random() });
  }
}
