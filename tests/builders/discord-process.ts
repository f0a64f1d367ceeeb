import { z } from 'zod';
import { readyOf, startChild } from './child.ts';

/** A local Discord as a process of its own: it lives on while bots die, and counts what arrives. */
export type DiscordProcess = {
  readonly api: string;
  readonly token: string;
  readonly control: string;
  readonly port: number;
  readonly guild: string;
  /** Id of a channel of the first server by its name. */
  channel(name: string): string;
  /** A request to the control API; throws with the sentence where it is refused. */
  order(method: string, path: string, body?: unknown): Promise<unknown>;
  /** What the bot wrote in a channel, oldest first. */
  postsIn(channel: string): Promise<Posted[]>;
  /** What the bot wrote anywhere: servers, threads, private channels. */
  posts(): Promise<PlacedPost[]>;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** A message of the bot. */
export type Posted = z.infer<typeof postedSchema>;
/** With the forum of a post, or else the channel; `isNews` where that is an announcement channel. */
export type PlacedPost = Posted & { readonly place: string; readonly isNews: boolean };

const postedSchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  author: z.object({ bot: z.boolean().optional() }),
  type: z.int(),
  flags: z.int(),
  nonce: z.union([z.string(), z.int()]).optional(),
  embeds: z.array(z.object({ url: z.string().optional(), description: z.string().optional() })),
});

const readySchema = z.object({
  api: z.string(),
  token: z.string(),
  control: z.string(),
  guild: z.string(),
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
});
const placesSchema = z.object({
  guilds: z.array(
    z.object({
      channels: z.array(z.object({ id: z.string(), type: z.int() })),
      threads: z.array(z.object({ id: z.string(), parent_id: z.string() })),
    }),
  ),
});
const privateSchema = z.array(z.object({ id: z.string() }));

/** The kind of a message that somebody wrote; others are Discord's own notices. */
const written = 0;

/** Kinds of channels. */
const [news, forum] = [5, 15];

/** Starts one on a free port, or on the port that an earlier one had; without limits where nothing else is said. */
export async function startDiscord(
  options: { readonly port?: number; readonly stateFile?: string; readonly limits?: 'off' | 'fast' | 'real' } = {},
): Promise<DiscordProcess> {
  const { port = 0, stateFile, limits = 'off' } = options;
  const { PATH = '', HOME = '' } = process.env;
  const child = startChild(
    ['sandbox', '--port', String(port), '--limits', limits, ...(stateFile === undefined ? [] : ['--state', stateFile])],
    { PATH, HOME, LOG_LEVEL: 'warn' },
  );
  const { api, token, control, guild, channels } = readySchema.parse(await readyOf(child));

  const order = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} control${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const postsIn = async (channel: string): Promise<Posted[]> => {
    const found: Posted[] = [];
    for (let before = ''; ;) {
      const page = z
        .array(postedSchema)
        .parse(await order('GET', `/channels/${channel}/messages${before === '' ? '' : `?before=${before}`}`));
      const [oldest] = page;
      if (oldest === undefined) return found.filter(({ author, type }) => author.bot === true && type === written);
      found.unshift(...page);
      before = oldest.id;
    }
  };
  return {
    api,
    token,
    control,
    port: Number(new URL(control).port),
    guild,
    channel: (name) => {
      const found = channels.find((one) => one.name === name);
      if (found === undefined) throw new Error(`the local Discord has no channel ${name}`);
      return found.id;
    },
    order,
    postsIn,
    posts: async () => {
      const { guilds } = placesSchema.parse(await order('GET', '/state'));
      const direct = privateSchema.parse(await order('GET', '/dms'));
      const channelsOfAll = guilds.flatMap(({ channels: all }) => all);
      const forums = new Set(channelsOfAll.filter(({ type }) => type === forum).map(({ id }) => id));
      const places = [
        ...channelsOfAll.map(({ id, type }) => ({ id, place: id, isNews: type === news })),
        ...direct.map(({ id }) => ({ id, place: id, isNews: false })),
        ...guilds
          .flatMap(({ threads }) => threads)
          .map(({ id, parent_id: parent }) => ({ id, place: forums.has(parent) ? parent : id, isNews: false })),
      ];
      const posts: PlacedPost[] = [];
      for (const { id, ...where } of places) posts.push(...(await postsIn(id)).map((post) => ({ ...post, ...where })));
      return posts;
    },
    stop: async (signal = 'SIGTERM') => {
      child.signal(signal);
      await child.ended;
    },
  };
}

/** Ids of the papers that a message brings: of a card's title, or of the numbered lines of a digest. */
export function papersIn({ embeds }: Posted): string[] {
  return embeds.flatMap(({ url, description = '' }) => {
    const links = url === undefined ? description.split('\n').filter((line) => /^\*\*\d+\.\*\* /.test(line)) : [url];
    return links.flatMap((link) => /arxiv\.org\/abs\/(\d{4}\.\d{5})/.exec(link)?.[1] ?? []);
  });
}
