import { z } from 'zod';
import { startVerb } from './verbs.ts';
import type { RunningVerb } from './verbs.ts';

const readySchema = z.object({ api: z.string(), token: z.string(), control: z.string(), guild: z.string() });
const messagesSchema = z.array(z.object({ id: z.string(), embeds: z.array(z.unknown()) }));
const limitsSchema = z.object({ invalidRequests: z.object({ count: z.int() }) });

/** One message as the local Discord has it. */
export type Post = {
  readonly channel: string;
  /** arXiv ids of the papers it tells of. */
  readonly papers: readonly string[];
  /** When it came, in real epoch milliseconds. */
  readonly atMs: number;
};

export type LocalDiscord = RunningVerb & {
  readonly api: string;
  readonly token: string;
  readonly guild: string;
  /** Has answers to posts come so late, in milliseconds, as over a network; 0: at once. */
  delay(delayMs: number): Promise<void>;
  /** What stands in these channels, oldest first. Counts towards no limit. */
  posts(channels: readonly string[]): Promise<Post[]>;
  /** How many requests of the last ten minutes it refused with 401, 403 or 429. */
  refused(): Promise<number>;
};

/** A local Discord of its own process on a free port. */
export async function startLocalDiscord(args: readonly string[], env: NodeJS.ProcessEnv): Promise<LocalDiscord> {
  const verb = await startVerb(['sandbox', '--port', '0', ...args], env);
  const { api, token, control, guild } = readySchema.parse(verb.ready);
  return {
    ...verb,
    api,
    token,
    guild,
    delay: async (delayMs) => {
      if (delayMs === 0) return;
      // After the effect: an id then still tells when the request came.
      const fault = { route: 'POST /channels/:id/messages', status: 'slow', when: 'after', delayMs, count: 1_000_000 };
      const answer = await fetch(`${control}/faults`, { method: 'POST', body: JSON.stringify(fault) });
      if (!answer.ok) throw new Error(`the local Discord answered ${answer.status}: ${await answer.text()}`);
    },
    posts: async (channels) => {
      const posts: Post[] = [];
      for (const channel of channels) {
        for (let before = ''; ;) {
          const messages = messagesSchema.parse(await read(`${control}/channels/${channel}/messages${before}`));
          posts.push(...messages.map(({ id, embeds }) => ({ channel, papers: papersIn(embeds), atMs: timeOf(id) })));
          if (messages.length < shownAtOnce) break;
          before = `?before=${messages[0]?.id}`;
        }
      }
      return posts.toSorted((a, b) => a.atMs - b.atMs);
    },
    refused: async () => limitsSchema.parse(await read(`${control}/limits`)).invalidRequests.count,
  };
}

/** Messages that the control API gives at once. */
const shownAtOnce = 100;

function papersIn(embeds: readonly unknown[]): string[] {
  const links = JSON.stringify(embeds).matchAll(/arxiv\.org\/abs\/(\d{4}\.\d{5})/g);
  return [...new Set(Array.from(links, ([, id]) => id ?? ''))];
}

async function read(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}

/** The time that an id of Discord's bears, in epoch milliseconds. */
function timeOf(snowflake: string): number {
  return Number(BigInt(snowflake) >> 22n) + 1_420_070_400_000;
}
