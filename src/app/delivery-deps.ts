import type { InvalidRequests } from '../discord/invalid-requests.ts';
import { publishMessage } from '../discord/publish.ts';
import { sendersRequests } from '../discord/rest.ts';
import { createSender } from '../discord/sender.ts';
import { requireSure } from '../pipeline/attempt.ts';
import type { DeliverDeps } from '../pipeline/deliver.ts';
import type { PublishDeps } from '../pipeline/publish.ts';
import type { HeldLease } from '../scheduler/role-lease.ts';
import type { Foundation } from './foundation.ts';

/** What delivering and publishing need: posts rendered for Discord, all requests at the pace of the settings. */
export function deliveryDeps(
  foundation: Foundation,
  discord: { readonly apiUrl: string; readonly token: string; readonly invalidRequests: InvalidRequests },
  lease: HeldLease,
): DeliverDeps & PublishDeps {
  const { store, clock, log, settings } = foundation;
  const { parallelChannels, requestsPerSecond } = settings.delivery;
  const { invalidRequests } = discord;
  const requireRight = () => requireSure(lease);
  const pace = { ...discord, perSecond: requestsPerSecond };
  const request = sendersRequests(pace, { clock, invalidRequests, requireRight });
  const outcomeDeps = { nowMs: clock.now, fromReal: clock.fromReal, random: Math.random };
  const send = createSender(request, outcomeDeps);
  let underWay = 0;
  return {
    store,
    clock,
    log,
    lease,
    isBlocked: () => invalidRequests.isTooMany(),
    parallelChannels,
    send: async (post) => {
      underWay += 1;
      try {
        return await send(post);
      } finally {
        underWay -= 1;
      }
    },
    publish: (message) => publishMessage(request, message, outcomeDeps),
    isSending: () => underWay > 0,
  };
}
