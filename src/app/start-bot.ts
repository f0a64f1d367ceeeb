import { randomBytes } from 'node:crypto';
import { createCommands } from '../commands/commands.ts';
import { openDm, sendDm } from '../discord/direct-message.ts';
import { openGateway } from '../discord/gateway.ts';
import { registerCommands } from '../discord/registration.ts';
import { createRest } from '../discord/rest.ts';
import { AppError } from '../lib/errors.ts';
import { catchUp } from '../pipeline/catch-up.ts';
import { runDeliveryLoop } from '../pipeline/deliver.ts';
import { previewSubscription } from '../pipeline/preview.ts';
import { startScheduler } from '../scheduler/scheduler.ts';
import { startWeb } from '../web/start-web.ts';
import { createClosing } from './closing.ts';
import { seedDemo, startDemoDiscord } from './demo.ts';
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
  readonly discord: string;
  /** Ids and names of the servers the bot is in; null for a worker, which does not log in. */
  readonly guilds: readonly string[] | null;
};

export type Bot = {
  readonly ready: BotReady;
  /** Rejects when the bot cannot go on. */
  readonly failed: Promise<never>;
  /** Finishes what is being sent, leaves Discord, closes the store. */
  close(): Promise<void>;
};

/**
 * The composition root: puts the parts together and starts them.
 *
 * @throws AppError with a sentence; what was started until then is closed again
 */
export async function startBot(foundation: Foundation, role: Role): Promise<Bot> {
  const { environment, settings, log, store, clock, isDemo } = foundation;
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

    if (role !== 'gateway') {
      const stopping = new AbortController();
      const delivery = runDeliveryLoop(deliveryDeps(foundation, rest), stopping.signal).catch(fail);
      closing.add(async () => {
        stopping.abort();
        await delivery;
      });
      const pollMs = settings.arxiv.pollMinutes * 60_000;
      const scheduler = startScheduler(
        async (signal) => {
          await catchUp({ ...foundation, pollMs }, signal);
          await saveDemoClock(foundation);
        },
        { clockRate: environment.PAPERBOY_CLOCK_RATE, log },
      );
      closing.add(() => scheduler.stop());
    }

    const gateway = role === 'worker' ? null : await answerPeople();
    const web = await startWeb({
      host: environment.HOST,
      port: local && environment.PORT > 0 ? environment.PORT + 1 : environment.PORT,
      health: async () => {
        const discord = gateway === null || gateway.isConnected();
        const database = await store.days.recent(1).then(
          () => true,
          () => false,
        );
        return {
          healthy: discord && database,
          discord: discord ? 'connected' : 'disconnected',
          database: database ? 'open' : 'failing',
        };
      },
    });
    closing.add(() => web.close());
    return {
      ready: {
        page: local?.ready.page ?? null,
        health: `${web.url}/healthz`,
        discord: apiUrl,
        guilds: gateway?.guildIds() ?? null,
      },
      failed,
      close: () => closing.close(),
    };

    async function answerPeople() {
      const commands = createCommands({
        store,
        clock,
        preview: (subscription) => previewSubscription(subscription, { store }),
        openDm: (userId) => openDm(rest, userId),
        sendDm: (message) => sendDm(rest, message),
        newId,
        defaults: settings.posting,
      });
      const opened = await openGateway({ apiUrl, token }, commands, { log, newId, onFatal: fail });
      closing.add(() => opened.close());
      const changes = await registerCommands(
        rest,
        opened.applicationId,
        commands.commands.map(({ data }) => data),
      );
      if (changes.length > 0) log.info({ changes }, `discord: ${changes.length} slash commands registered`);
      return opened;
    }
  } catch (error) {
    await closing.close();
    throw error instanceof AppError ? error : new Error('start: the bot could not be put together', { cause: error });
  }
}

/** Six characters of a-z and 2-7: short enough to type, 30 bits. */
function newId(): string {
  return Array.from(randomBytes(6), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}
