import { z } from 'zod';
import { arxivAt } from './arxiv-at.ts';
import { readyOf, startChild } from './child.ts';
import type { Child } from './child.ts';

/** A bot as a process of its own, on a local Discord that is another. */
export type BotProcess = Child & {
  readonly ready: z.infer<typeof readySchema>;
  /** What `/healthz` says now. */
  health(): Promise<z.infer<typeof healthSchema>>;
  /** Ends it politely: its exit code, and how long that took. */
  stop(): Promise<{ readonly code: number | null; readonly milliseconds: number }>;
};

const readySchema = z.object({ health: z.string(), standingBy: z.array(z.enum(['gateway', 'worker'])) });
const healthSchema = z.object({ healthy: z.boolean(), discord: z.string(), database: z.string() });

/** The environment of a bot that knows nothing but a database, a Discord and an arXiv where nothing is. */
export function botEnvironment(
  databaseUrl: string,
  discord: { readonly api: string; readonly token: string },
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    DATABASE_URL: databaseUrl,
    DISCORD_API_URL: discord.api,
    DISCORD_TOKEN: discord.token,
    // Port 9 takes what comes and says nothing: nobody listens there.
    ...arxivAt('http://127.0.0.1:9'),
    ARXIV_MIN_INTERVAL_MS: '0',
    ARXIV_PAGE_INTERVAL_MS: '0',
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...given,
  };
}

/** Starts a bot and waits until it works or stands by. */
export async function startBot(
  role: 'all' | 'gateway' | 'worker',
  environment: Readonly<Record<string, string>>,
): Promise<BotProcess> {
  const child = startChild(['start', '--role', role], environment);
  const ready = readySchema.parse(await readyOf(child));
  return {
    ...child,
    ready,
    health: async () => healthSchema.parse(await (await fetch(ready.health)).json()),
    stop: async () => {
      const startedAt = performance.now();
      child.signal('SIGTERM');
      const { code } = await child.ended;
      return { code, milliseconds: Math.round(performance.now() - startedAt) };
    },
  };
}
