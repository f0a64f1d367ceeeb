import { randomBytes } from 'node:crypto';
import type { REST } from 'discord.js';
import { announcedAtMs } from '../arxiv/calendar.ts';
import { createRoutes } from '../commands/create-routes.ts';
import { openDm, sendDm } from '../discord/direct-message.ts';
import { openGateway } from '../discord/gateway.ts';
import type { Gateway } from '../discord/gateway.ts';
import { registerOrLog } from '../discord/registration.ts';
import { createRest } from '../discord/rest.ts';
import type { Store } from '../domain/ports.ts';
import { createCatchUp } from '../pipeline/catch-up.ts';
import { runDeliveryLoop } from '../pipeline/deliver.ts';
import { previewSubscription } from '../pipeline/preview.ts';
import { startScheduler } from '../scheduler/scheduler.ts';
import type { SandboxReady } from '../sandbox/start-sandbox.ts';
import { startWeb } from '../web/start-web.ts';
import type { Health } from '../web/start-web.ts';
import { createClosing } from './closing.ts';
import type { Closing } from './closing.ts';
import { forgetDemo, seedDemo, startDemoDiscord } from './demo.ts';
import { saveDemoClock } from './foundation.ts';
import type { Foundation } from './foundation.ts';
import { deliveryDeps } from './delivery-deps.ts';

/** `gateway` answers people, `worker` reads listings and posts, `all` does both. */
export const roles = ['all', 'gateway', 'worker'] as const;
export type Role = (typeof roles)[number];

/** What a program that starts Paperboy wants to know of it. */
export type BotReady = {
  /** The page of the local Discord; null on the real one. */
  readonly page: string | null;
  readonly health: string;
  /** Root of Discord's REST API. */
  readonly discord: string;
  /** Ids of the servers the bot is in; null for a worker, which does not log in. */
  readonly guilds: readonly string[] | null;
  /** Addresses and token of the local Discord; null on the real one. */
  readonly sandbox: SandboxReady | null;
};

export type Bot = {
  readonly ready: BotReady;
  /** Rejects when the bot cannot go on. */
  readonly failed: Promise<never>;
  /** Finishes what is being sent, leaves Discord, closes the store. */
  close(): Promise<void>;
};

/** What the parts of a bot share while they are started. */
type Starting = {
  readonly foundation: Foundation;
  readonly discord: { readonly apiUrl: string; readonly token: string; readonly rest: REST };
  readonly closing: Closing;
  fail(error: unknown): void;
};

/**
 * The composition root: puts the parts together and starts them. It logs in before it works, so that a refused token stops it early.
 *
 * @throws AppError with a sentence; what was started until then is closed again
 */
export async function startBot(foundation: Foundation, role: Role): Promise<Bot> {
  const { environment, store, isDemo } = foundation;
  const closing = createClosing();
  closing.add(() => store.close());
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => {}); // whoever awaits it hears of it; nobody has to

  try {
    const local = isDemo ? await startDemoDiscord(environment) : null;
    if (local) closing.add(() => local.close());
    const apiUrl = local?.ready.api ?? environment.DISCORD_API_URL;
    const token = local?.ready.token ?? environment.DISCORD_TOKEN ?? '';
    const rest = createRest({ apiUrl, token });
    if (local) await seedDemo(foundation, rest);
    else await forgetDemo(foundation);

    const starting = { foundation, discord: { apiUrl, token, rest }, closing, fail };
    const gateway = role === 'worker' ? null : await answerPeople(starting);
    const web = await startWeb({
      host: environment.HOST,
      port: local && environment.PORT > 0 ? environment.PORT + 1 : environment.PORT,
      health: () => healthOf(store, gateway),
    });
    closing.add(() => web.close());
    if (role !== 'gateway') work(starting);

    const page = local?.ready.page ?? null;
    const guilds = gateway?.guildIds() ?? null;
    const ready = { page, health: `${web.url}/healthz`, discord: apiUrl, guilds, sandbox: local?.ready ?? null };
    return { ready, failed, close: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

/** Logs in, registers the slash commands where they changed, and answers from then on. */
async function answerPeople({ foundation, discord, closing, fail }: Starting): Promise<Gateway> {
  const { store, clock, log, settings } = foundation;
  const { rest } = discord;
  const routes = createRoutes({
    store,
    clock,
    preview: (subscription) => previewSubscription(subscription, { store }),
    openDm: (userId) => openDm(rest, userId),
    sendDm: (message) => sendDm(rest, message),
    newId,
    defaults: settings.posting,
  });
  const gateway = await openGateway(discord, routes, { log, newId, onFatal: fail });
  closing.add(() => gateway.close());
  const wanted = routes.commands.map(({ data }) => data);
  await registerOrLog(rest, gateway.applicationId, wanted, { log });
  return gateway;
}

/** What could not be posted for so long is no news any more: a channel that comes back is not flooded with it. */
const staleAfterMs = 2 * 24 * 3_600_000;

/** Reads listings when they are due, and delivers. */
function work({ foundation, discord, closing, fail }: Starting): void {
  const { environment, settings, log } = foundation;
  const stopping = new AbortController();
  const delivering = runDeliveryLoop(deliveryDeps(foundation, discord.rest), stopping.signal).catch(fail);
  closing.add(async () => {
    stopping.abort();
    await delivering;
  });
  const { store, clock } = foundation;
  const catchUp = createCatchUp({ ...foundation, announcedAtMs, pollMs: settings.arxiv.pollMinutes * 60_000 });
  const tick = async (signal: AbortSignal) => {
    await catchUp(signal);
    await store.deliveries.expire(clock.now() - staleAfterMs, 'too old: its channel was paused for days', clock.now());
    await saveDemoClock(foundation);
  };
  const scheduler = startScheduler(tick, { clockRate: environment.PAPERBOY_CLOCK_RATE, log });
  closing.add(() => scheduler.stop());
}

async function healthOf(store: Store, gateway: Gateway | null): Promise<Health> {
  const connected = gateway === null || gateway.isConnected();
  const deliveries = await store.deliveries.counts().catch(() => null);
  return {
    healthy: connected && deliveries !== null,
    discord: connected ? 'connected' : 'disconnected',
    database: deliveries ? 'open' : 'failing',
    deliveries,
  };
}

/** Six characters of a-z and 2-7: short enough to type, 30 bits. */
function newId(): string {
  return Array.from(randomBytes(6), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}
