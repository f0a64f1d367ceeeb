import type { REST } from 'discord.js';
import { renderDelivery } from '../discord/render-delivery.ts';
import { sendMessage } from '../discord/send.ts';
import type { Outcome } from '../domain/delivery.ts';
import { AppError, messageOf } from '../lib/errors.ts';
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
 * Renders a post and sends it. A bug in rendering one post must not stop the others: it is logged, and that post is given up with its cause.
 *
 * @throws AppError('token-refused'), after which nothing can be sent any more
 */
async function sendPost({ delivery, papers }: Post, { clock, log }: Foundation, rest: REST): Promise<Outcome> {
  try {
    const body = renderDelivery({ style: delivery.style, date: delivery.date, papers });
    const message = { channelId: delivery.target, body, deliveryId: delivery.id, attempts: delivery.attempts };
    return await sendMessage(rest, message, { now: clock.now, random: Math.random });
  } catch (error) {
    if (error instanceof AppError) throw error;
    log.error({ delivery: delivery.id, err: error }, `deliver: delivery ${delivery.id} met a bug`);
    return { kind: 'dead', reason: `a bug: ${messageOf(error)}` };
  }
}
