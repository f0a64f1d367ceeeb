import type { InvalidRequests } from '../discord/invalid-requests.ts';
import type { OutcomeDeps } from '../discord/outcome.ts';
import { renderDelivery } from '../discord/render-delivery.ts';
import { sendersRequests } from '../discord/rest.ts';
import type { DiscordRequest } from '../discord/rest.ts';
import { sendMessage } from '../discord/send.ts';
import type { Outcome } from '../domain/delivery.ts';
import type { DeliverDeps, Post } from '../pipeline/deliver.ts';
import type { HeldLease } from '../scheduler/role-lease.ts';
import type { Foundation } from './foundation.ts';

/** What delivering needs, with posts rendered for Discord and sent at the pace of the settings. */
export function deliveryDeps(
  foundation: Foundation,
  discord: { readonly apiUrl: string; readonly token: string; readonly invalidRequests: InvalidRequests },
  lease: HeldLease,
): DeliverDeps {
  const { store, clock, log, settings } = foundation;
  const { parallelChannels, requestsPerSecond } = settings.delivery;
  const { invalidRequests } = discord;
  const request = sendersRequests({ ...discord, perSecond: requestsPerSecond }, { clock, invalidRequests });
  const outcomeDeps = { nowMs: clock.now, fromReal: clock.fromReal, random: Math.random };
  return {
    store,
    clock,
    log,
    lease,
    isBlocked: () => invalidRequests.isTooMany(),
    parallelChannels,
    send: (post) => sendPost(post, request, outcomeDeps),
  };
}

/**
 * Renders a post and sends it.
 *
 * @throws AppError('token-refused'), after which nothing can be sent any more; whatever else it throws is a bug with this post
 */
async function sendPost({ delivery, papers }: Post, request: DiscordRequest, deps: OutcomeDeps): Promise<Outcome> {
  const { id, target, style, date, attempts, firstTriedAt } = delivery;
  const body = renderDelivery({ style, date, papers });
  return sendMessage(request, { channelId: target, body, deliveryId: id, attempts, firstTriedAt }, deps);
}
