import type { REST } from 'discord.js';
import { openDm } from '../discord/direct-message.ts';
import { createDmQueue } from '../discord/dm-queue.ts';
import { openGateway } from '../discord/gateway.ts';
import type { Gateway } from '../discord/gateway.ts';
import type { InvalidRequests } from '../discord/invalid-requests.ts';
import { registerOrLog } from '../discord/registration.ts';
import { commandRoutes, newId } from './command-routes.ts';
import type { Foundation } from './foundation.ts';
import { createTargetWatch } from './target-watch.ts';

/**
 * Logs in, registers the slash commands where they changed, and answers from then on. Also hears what becomes of the channels that posts go
 * to.
 */
export async function answerPeople({
  foundation,
  discord,
  fail,
}: {
  readonly foundation: Foundation;
  readonly discord: {
    readonly apiUrl: string;
    readonly token: string;
    readonly rest: REST;
    readonly invalidRequests: InvalidRequests;
  };
  fail(error: unknown): void;
}): Promise<Gateway> {
  const { store, knowledge, clock, log, settings, isDemo } = foundation;
  const { rest, invalidRequests } = discord;
  // The local Discord blocks nobody, and whoever tries it out shall not wait.
  const spacingMs = isDemo ? 0 : settings.delivery.newDmSeconds * 1_000;
  const dms = createDmQueue((userId) => openDm(rest, userId), spacingMs, clock);
  const watch = createTargetWatch({ store, clock, log });
  const notices = {
    untold: (userId: string) => store.notices.untold(userId),
    tell: (ids: readonly number[]) => store.notices.tell(ids, clock.now()),
  };
  const routes = commandRoutes({ store, knowledge, clock, defaults: settings.posting, openDm: dms.open }, rest);
  const gateway = await openGateway(discord, routes, {
    log,
    newId,
    onFatal: fail,
    invalidRequests,
    notices,
    places: watch.events,
  });
  const wanted = routes.commands.map(({ data }) => data);
  await registerOrLog(rest, gateway.applicationId, wanted, { log });
  const close = async () => {
    // Whoever waits is told so while the gateway lets answers finish.
    dms.close();
    await gateway.close();
    await watch.close();
  };
  return { ...gateway, close };
}
