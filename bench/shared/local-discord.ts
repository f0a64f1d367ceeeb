import { z } from 'zod';
import { startVerb } from './verbs.ts';
import type { RunningVerb } from './verbs.ts';

const readySchema = z.object({ api: z.string(), token: z.string(), control: z.string(), guild: z.string() });
const messagesSchema = z.array(
  z.object({
    id: z.string(),
    embeds: z.array(z.object({ title: z.string().optional(), url: z.string().optional() })),
  }),
);
const limitsSchema = z.object({ invalidRequests: z.object({ count: z.int() }) });

/** One message as the local Discord has it. */
export type Post = z.infer<typeof messagesSchema>[number] & {
  readonly channel: string;
  /** When it came, in real epoch milliseconds. */
  readonly atMs: number;
};

export type LocalDiscord = RunningVerb & {
  readonly api: string;
  readonly token: string;
  readonly guild: string;
  /** Has answers to posts come so late, in milliseconds, as over a network; 0: at once. */
  delay(delayMs: number): Promise<void>;
  /** What stands in these channels (100 messages each at most), oldest first. Counts towards no limit. */
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
        const messages = messagesSchema.parse(await read(`${control}/channels/${channel}/messages`));
        posts.push(...messages.map((message) => ({ ...message, channel, atMs: timeOf(message.id) })));
      }
      return posts.toSorted((a, b) => a.atMs - b.atMs);
    },
    refused: async () => limitsSchema.parse(await read(`${control}/limits`)).invalidRequests.count,
  };
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
