import { setTimeout as sleep } from 'node:timers/promises';
import type { REST } from 'discord.js';
import type { Gateway } from '../discord/gateway.ts';
import { createInvalidRequests } from '../discord/invalid-requests.ts';
import type { InvalidRequests } from '../discord/invalid-requests.ts';
import { countInvalid, createRest } from '../discord/rest.ts';
import { createCatchUp } from '../pipeline/catch-up.ts';
import { runDeliveryLoop } from '../pipeline/delivery-loop.ts';
import { runPublishLoop } from '../pipeline/publish.ts';
import type { HeldLease } from '../scheduler/role-lease.ts';
import { startScheduler } from '../scheduler/scheduler.ts';
import type { SandboxReady } from '../sandbox/start-sandbox.ts';
import { startWeb } from '../web/start-web.ts';
import type { Health } from '../web/start-web.ts';
import { answerPeople } from './answer-people.ts';
import { createClosing } from './closing.ts';
import { forgetDemo, seedDemo, startDemoDiscord } from './demo.ts';
import { saveDemoClock } from './foundation.ts';
import type { Foundation } from './foundation.ts';
import { deliveryDeps } from './delivery-deps.ts';
import { takeRole } from './role.ts';
import { createWakingRest } from './waking-rest.ts';
import type { Role, Stop } from './role.ts';

/** `gateway` answers people, `worker` reads listings and posts, `all` does both. */
export const botRoles = ['all', 'gateway', 'worker'] as const;
export type BotRole = (typeof botRoles)[number];

/** What a program that starts Paperboy wants to know of it. */
export type BotReady = {
  /** The page of the local Discord; null on the real one. */
  readonly page: string | null;
  readonly health: string;
  /** Root of Discord's REST API. */
  readonly discord: string;
  /** Ids of the servers the bot is in; null while this process is not logged in. */
  readonly guilds: readonly string[] | null;
  /** Addresses and token of the local Discord; null on the real one. */
  readonly sandbox: SandboxReady | null;
  /** What another process on the same database does at the moment; this one takes over when that one ends. */
  readonly standingBy: readonly ('gateway' | 'worker')[];
};

export type Bot = {
  readonly ready: BotReady;
  /** Rejects when the bot cannot go on. */
  readonly failed: Promise<never>;
  /** Finishes what is being sent, leaves Discord, closes the store. */
  close(): Promise<void>;
};

/** What the parts of a bot share. */
type Parts = {
  readonly foundation: Foundation;
  readonly discord: Discord;
  fail(error: unknown): void;
};

type Discord = {
  readonly apiUrl: string;
  readonly token: string;
  readonly rest: REST;
  readonly invalidRequests: InvalidRequests;
};

/**
 * The composition root: puts the parts together and starts them. It logs in before it works, so that a refused token stops it early.
 *
 * @throws AppError with a sentence; what was started until then is closed again
 */
export async function startBot(foundation: Foundation, role: BotRole): Promise<Bot> {
  const { environment, store, clock, log, isDemo } = foundation;
  const closing = createClosing();
  closing.add(() => store.close());
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => {}); // whoever awaits it hears of it; nobody has to

  try {
    const local = isDemo ? await startDemoDiscord(environment) : null;
    if (local) closing.add(() => local.close());
    const apiUrl = local?.ready.api ?? environment.DISCORD_API_URL;
    const token = local?.ready.token ?? environment.DISCORD_TOKEN ?? '';
    const invalidRequests = createInvalidRequests(clock, log);
    const rest = createRest({ apiUrl, token });
    countInvalid(rest, invalidRequests);
    if (local) await seedDemo(foundation, rest);
    else await forgetDemo(foundation);

    const parts: Parts = { foundation, discord: { apiUrl, token, rest, invalidRequests }, fail };
    let gateway: Gateway | null = null;
    const roles: Partial<Record<'gateway' | 'worker', Role>> = {};
    if (role !== 'worker') {
      const answering = async () => {
        const opened = await answerPeople(parts);
        gateway = opened;
        return async () => {
          gateway = null;
          await opened.close();
        };
      };
      roles.gateway = await takeRole('gateway', foundation, answering, fail);
      closing.add(roles.gateway.stop);
    }
    const web = await startWeb({
      host: environment.HOST,
      port: local && environment.PORT > 0 ? environment.PORT + 1 : environment.PORT,
      health: () => healthOf(foundation, gateway, roles),
    });
    closing.add(() => web.close());
    if (role !== 'gateway') {
      roles.worker = await takeRole('worker', foundation, (lease) => work(parts, lease), fail);
      closing.add(roles.worker.stop);
    }

    const standingBy = (['gateway', 'worker'] as const).filter((name) => roles[name]?.state() === 'standing by');
    const ready = {
      page: local?.ready.page ?? null,
      health: `${web.url}/healthz`,
      discord: apiUrl,
      guilds: guildsOf(gateway),
      sandbox: local?.ready ?? null,
      standingBy,
    };
    return { ready, failed, close: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

function guildsOf(gateway: Gateway | null): string[] | null {
  return gateway?.guildIds() ?? null;
}

/** What a paused channel could not be sent for so long is no news any more: a channel that comes back is not flooded with it. */
const staleAfterMs = 2 * 24 * 3_600_000;

/** How long a stop waits for what is being sent and read, in real milliseconds; what takes longer is looked for at the next start. */
const stopWithinMs = 5_000;

/** Reads listings when they are due, delivers and publishes. */
async function work({ foundation, discord, fail }: Parts, lease: HeldLease): Promise<Stop> {
  const { environment, settings, log, store, clock } = foundation;
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, lease.lost]);
  const deps = deliveryDeps(foundation, discord, lease);
  const rest = createWakingRest(clock);
  const delivering = runDeliveryLoop(deps, signal, rest.sleep).catch(fail);
  const publishing = runPublishLoop(deps, signal).catch(fail);
  const catchUp = createCatchUp({ ...foundation, pollMs: settings.arxiv.pollMinutes * 60_000 });
  const tick = async (tickSignal: AbortSignal) => {
    const announced = await catchUp(tickSignal);
    if (announced.some(({ deliveries }) => deliveries > 0)) rest.wake();
    await store.deliveries.expire(clock.now() - staleAfterMs, 'too old: its channel was paused for days', clock.now());
    await saveDemoClock(foundation);
  };
  const scheduler = startScheduler(tick, { clockRate: environment.PAPERBOY_CLOCK_RATE, log });
  return async () => {
    stopping.abort();
    const ended = Promise.all([delivering, publishing, scheduler.stop()]);
    await Promise.race([ended, sleep(stopWithinMs, undefined, { ref: false })]);
  };
}

async function healthOf(
  { store, clock }: Foundation,
  gateway: Gateway | null,
  roles: Partial<Record<'gateway' | 'worker', Role>>,
): Promise<Health> {
  const isAnswering = roles.gateway?.state() === 'working';
  const connected = !isAnswering || gateway?.isConnected() === true;
  const deliveries = await store.deliveries.counts(clock.now()).catch(() => null);
  return {
    healthy: connected && deliveries !== null,
    discord: isAnswering || !roles.gateway ? (connected ? 'connected' : 'disconnected') : 'standing by',
    database: deliveries ? 'open' : 'failing',
    deliveries,
  };
}
