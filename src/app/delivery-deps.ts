import type { REST } from 'discord.js';
import { renderDelivery } from '../discord/render-delivery.ts';
import { sendMessage } from '../discord/send.ts';
import type { Outcome } from '../domain/delivery.ts';
import type { DeliverDeps, Post } from '../pipeline/deliver.ts';
import type { Foundation } from './foundation.ts';

/** What delivering needs, with posts rendered for Discord and sent through `rest`. */
export function deliveryDeps(foundation: Foundation, rest: REST): DeliverDeps {
  const { store, clock, log, settings } = foundation;
  const { parallelChannels, leaseSeconds } = settings.delivery;
  return {
    store,
    clock,
    log,
    parallelChannels,
    leaseMs: leaseSeconds * 1_000,
    send: (post) => sendPost(post, foundation, rest),
  };
}

/**
 * Renders a post and sends it.
 *
 * @throws AppError('token-refused'), after which nothing can be sent any more; whatever else it throws is a bug with this post
 */
async function sendPost({ delivery, papers }: Post, { clock }: Foundation, rest: REST): Promise<Outcome> {
  const { id, target, style, date, due, attempts } = delivery;
  const message = {
    channelId: target,
    body: renderDelivery({ style, date, papers }),
    deliveryId: id,
    attempts,
    dueMs: due,
  };
  return sendMessage(rest, message, { now: clock.now, random: Math.random });
}
