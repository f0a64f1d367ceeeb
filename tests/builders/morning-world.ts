import type { Occasion } from '../../src/domain/delivery.ts';
import { announcementKinds } from '../../src/domain/paper.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import type { Target } from '../../src/domain/target.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { z } from 'zod';
import { aSubscription, aTarget } from './domain.ts';
import type { DiscordProcess } from './discord-process.ts';
import type { Announcement } from './loopback-mornings.ts';

/** Who wants what of a busy morning: every kind of place, both styles, and two subscriptions that want the same. */
export type Wanted = { readonly target: Target; readonly subscription: StoredSubscription };

const idSchema = z.object({ id: z.string() });

/** Makes the thread and the private channel that are not there at first, and says who wants what. */
export async function placesOf(discord: DiscordProcess): Promise<Wanted[]> {
  const thread = idSchema.parse(
    await discord.order('POST', '/channels/general/threads', {
      user: 'Ada',
      name: 'A thread',
      content: 'Read on here.',
    }),
  );
  const dm = await openDm(discord);
  const guildId = discord.guild;
  const channel = (name: string, kind: Target['kind'] = 'channel') =>
    aTarget({ id: discord.channel(name), guildId, kind });
  const wishes: readonly [Target, Partial<StoredSubscription>][] = [
    [channel('general'), { categories: ['cs.DC'] }],
    [channel('general'), { query: 'consensus' }],
    [channel('llm-serving'), { categories: ['cs.DC', 'cs.NI'], style: 'digest' }],
    [channel('federated-learning'), { categories: ['cs.NI'] }],
    [channel('distributed-systems'), { categories: ['cs.PF'] }],
    [channel('distributed-systems'), { categories: ['cs.OS'], style: 'digest' }],
    [channel('workflows'), { query: 'gossip OR scheduling', categories: ['cs.OS', 'cs.DB'] }],
    [channel('announcements', 'announcement'), { categories: ['cs.DB'] }],
    [aTarget({ id: thread.id, guildId }), { categories: ['cs.OS'] }],
    // Few, for each that may have arrived keeps its lane waiting for half a minute.
    [channel('paper-talk', 'forum'), { query: 'gossip', categories: ['cs.PF'], kinds: ['new', 'cross'] }],
    [aTarget({ id: dm.id, guildId: null, kind: 'dm', userId: dm.userId }), { query: 'caching' }],
  ];
  return wishes.map(([target, wish], number) => ({
    target,
    subscription: aSubscription({
      id: `wish${number}`,
      target: target.id,
      kinds: [...announcementKinds],
      maxPapers: 100,
      ...wish,
    }),
  }));
}

async function openDm({ api, token, order }: DiscordProcess): Promise<{ id: string; userId: string }> {
  const { users } = z
    .object({ users: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(await order('GET', '/state'));
  const userId = users.find(({ name }) => name === 'Mika')?.id ?? '';
  const answer = await fetch(`${api}/v10/users/@me/channels`, {
    method: 'POST',
    headers: {
      authorization: `Bot ${token}`,
      'content-type': 'application/json',
      'user-agent': 'DiscordBot (test, 1)',
    },
    body: JSON.stringify({ recipient_id: userId }),
  });
  return { id: idSchema.parse(await answer.json()).id, userId };
}

/** Writes them into a database, as subscribing does. */
export async function subscribe(databaseUrl: string, wanted: readonly Wanted[]): Promise<void> {
  const store = await openStore(databaseUrl, { log: createLog('silent') });
  try {
    for (const { subscription, target } of wanted) await store.subscriptions.save(subscription, target);
  } finally {
    await store.close();
  }
}

/** A post that somebody was promised: `target paper occasion`. */
export type PromiseKey = `${string} ${string} ${Occasion}`;

/** What all that was announced promises to whom, each once, sorted: reckoned without any of Paperboy's own code. */
export function expectedPromises(wanted: readonly Wanted[], announcements: readonly Announcement[]): PromiseKey[] {
  const keys = wanted.flatMap(({ subscription, target }) =>
    announcements
      .filter((one) => wants(subscription, one))
      .map(({ paper, occasion }): PromiseKey => `${target.id} ${paper} ${occasion}`),
  );
  return [...new Set(keys)].toSorted();
}

function wants({ query, categories, kinds }: StoredSubscription, one: Announcement): boolean {
  if (one.occasion !== 'first' && !kinds.includes('replace')) return false;
  const words = query === '' ? null : query.split(' OR ');
  const isInCategory = categories.length === 0 || one.categories.some((category) => categories.includes(category));
  return isInCategory && (words === null || words.includes(one.topic));
}
