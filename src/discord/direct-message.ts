import { setTimeout as sleep } from 'node:timers/promises';
import { Routes } from 'discord.js';
import type { REST, RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { discordFailure } from './failure.ts';
import { tokenRefused } from './outcome.ts';
import { requestsOf } from './rest.ts';
import { sendMessage } from './send.ts';

const channelSchema = z.object({ id: z.string() });

/** What a person can do about closed direct messages. Not tied to one client: menus differ between desktop and phone. */
const howToOpen =
  'Please allow direct messages from this server’s members (server menu → Privacy Settings → Direct Messages), then try again.';

/** Why no DM channel was opened: a sentence for the person, and for how many real milliseconds none can be; null where time mends nothing. */
export type DmRefusal = { readonly sentence: string; readonly waitMs: number | null };

const openingTooFast = 40003;

/** Discord does not say how long it takes until it lets us open direct messages again (2026-11). */
const openingTooFastMs = 2 * 60_000;

/**
 * The id of the DM channel with a person, opened if there was none.
 * Call it only when that person just asked for it, and of new ones one now and then: Discord blocks bots that open many.
 */
export async function openDm(rest: REST, userId: string): Promise<Result<string, DmRefusal>> {
  try {
    const channel = channelSchema.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
    return ok(channel.id);
  } catch (thrown) {
    const failure = discordFailure(thrown);
    if (failure === null) throw thrown;
    if (failure.kind === 'refused' && failure.status === 401) throw tokenRefused(thrown);
    if (failure.kind === 'refused' && (failure.code === 50007 || failure.code === 50278)) {
      return err({ sentence: `I cannot send you direct messages. ${howToOpen}`, waitMs: null });
    }
    if (failure.kind === 'limited' || (failure.kind === 'refused' && failure.code === openingTooFast)) {
      const sentence = 'Discord lets me begin only a few conversations at a time. Please try again in some minutes.';
      return err({ sentence, waitMs: failure.kind === 'limited' ? failure.retryAfterMs : openingTooFastMs });
    }
    const sentence = `Discord did not open our direct messages (${messageOf(thrown)}). Please try again in a moment.`;
    return err({ sentence, waitMs: null });
  }
}

/** The longest wait before a message is sent once more, in real milliseconds: somebody is waiting for the answer. */
const longestWaitMs = 5_000;

/**
 * Sends one message to an open DM channel, once: its id, or a sentence for the person why it did not go through. Where nobody knows whether
 * it did, it is sent once more under the same nonce, so that what arrived is not called lost.
 *
 * @param message.key what the message is, as a delivery id: the same key is not posted twice within minutes
 */
export async function sendDm(
  rest: REST,
  message: { readonly channelId: string; readonly body: RESTPostAPIChannelMessageJSONBody; readonly key: string },
  deps: { sleep(durationMs: number): Promise<void> } = { sleep },
): Promise<Result<string, string>> {
  const { channelId, body, key } = message;
  const send = (attempts: number) =>
    // On a clock that stands at 0, the time of a retry is the wait for it.
    sendMessage(
      requestsOf(rest),
      { channelId, body, deliveryId: key, attempts, firstTriedAt: null },
      { nowMs: () => 0, fromReal: (ms) => ms, random: () => 0 },
    );
  let outcome = await send(0);
  if (outcome.kind === 'retry' && outcome.atMs <= longestWaitMs) {
    await deps.sleep(outcome.atMs);
    outcome = await send(1);
  }
  switch (outcome.kind) {
    case 'sent':
      return ok(outcome.messageId);
    case 'pause':
      return err(`I cannot send you direct messages. ${howToOpen}`);
    case 'wait':
      throw new Error('discord: a direct message came back as one that waits for quiet hours');
    default:
      return err(`Discord did not take my message (${outcome.reason}). Please try again in a moment.`);
  }
}
