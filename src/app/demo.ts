import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { REST } from 'discord.js';
import type { Environment } from '../config/environment.ts';
import { createDirectory } from '../discord/directory.ts';
import { readPlacedSubscriptions } from '../exports/subscriptions-file.ts';
import type { Foundation } from './foundation.ts';
import { startLocalDiscord } from './local-discord.ts';
import type { LocalDiscord } from './local-discord.ts';
import { placeSubscriptions } from './place-subscriptions.ts';
import { seedSubscriptionsPath } from './seed-source.ts';

/** Starts the local Discord. Its messages are kept beside the database, so that a restart finds what was posted. */
export function startDemoDiscord(environment: Environment): Promise<LocalDiscord> {
  const stateFile = demoStateFile(environment.DATABASE_URL);
  // Beside an SQLite file there is a folder already, of a server's database nobody has made one.
  if (stateFile !== null && !existsSync(dirname(stateFile))) mkdirSync(dirname(stateFile));
  return startLocalDiscord({ host: environment.HOST, port: environment.PORT, stateFile });
}

/** Beside an SQLite file, and in `data` where the database is a server's; null where nothing is kept. */
export function demoStateFile(databaseUrl: string): string | null {
  const path = /^sqlite:(.+)$/.exec(databaseUrl)?.[1] ?? 'data/paperboy.db';
  return path === ':memory:' ? null : join(dirname(path), 'local-discord.json');
}

const seededKey = 'demo.seeded';

/**
 * Takes what the demo subscribed to out of a database that now serves real Discord, where its channels do not exist. A local Discord that
 * was started by itself counts as the demo's.
 */
export async function forgetDemo({ store, environment, log }: Foundation): Promise<void> {
  const { hostname } = new URL(environment.DISCORD_API_URL);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (isLocal || (await store.settings.get(seededKey)) !== 'yes') return;
  const subscriptions = await store.subscriptions.list();
  for (const { id } of subscriptions) await store.subscriptions.delete(id);
  await store.settings.set(seededKey, 'forgotten');
  log.info({ subscriptions: subscriptions.length }, 'start: the demo’s subscriptions were removed; its papers stay');
}

/** Gives the channels of the local Discord their example subscriptions, once: what a visitor deletes stays deleted. */
export async function seedDemo({ store, clock, settings }: Foundation, rest: REST): Promise<void> {
  if (await store.settings.get(seededKey)) return;
  const subscriptions = readPlacedSubscriptions(readFileSync(seedSubscriptionsPath, 'utf8'), seedSubscriptionsPath);
  const { resolveChannel } = createDirectory(rest);
  await placeSubscriptions(subscriptions, { store, resolveChannel, nowMs: clock.now(), zone: settings.posting.zone });
  await store.settings.set(seededKey, 'yes');
}
