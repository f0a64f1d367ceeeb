import { RequestMethod, Routes } from 'discord.js';
import { z } from 'zod';
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { discordFailure } from './failure.ts';
import { readAs } from './read-as.ts';
import type { DiscordRequest } from './rest.ts';
import { showsDelivery } from './shows-delivery.ts';
import { isNewer, madeAtMs } from './snowflake.ts';

/** Threads a page, Discord's maximum. */
const page = 100;

/** Pages of archived threads read at most: enough for posts that people closed since. */
const mostPages = 5;

/** Posts of ours whose first message is read. Usually there is one: those that came before are older than `after`. */
const mostOpened = 25;

const threadsSchema = z.object({
  threads: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      parent_id: z.string().nullish(),
      owner_id: z.string().nullish(),
      thread_metadata: z.object({ archive_timestamp: z.string() }),
    }),
  ),
  has_more: z.boolean().nullish(),
});
type Thread = z.infer<typeof threadsSchema>['threads'][number];

type LookDeps = { readonly request: DiscordRequest; ownId(): Promise<string> };

/**
 * Looks for a delivery among our own posts in its forum, active and archived, that are newer than the one that is known to have come before
 * it: the id of its post, null where it is not there.
 *
 * Without “Read Message History” a post is recognised by its name alone, and archived ones not at all: those go again.
 *
 * @param name the name it would bear
 * @throws what `request` throws
 */
export async function findThread(delivery: ClaimedDelivery, name: string, deps: LookDeps): Promise<string | null> {
  const self = await deps.ownId();
  const isOurs = ({ id, parent_id, owner_id }: Thread) =>
    parent_id === delivery.target && owner_id === self && isNewer(id, delivery.after);
  const find = async (threads: readonly Thread[]) => {
    // The post that we look for is the latest of ours, if it is there.
    const candidates = threads.filter(isOurs).toSorted((a, b) => (isNewer(a.id, b.id) ? -1 : 1));
    for (const thread of candidates.slice(0, mostOpened)) {
      const opening = await openingOf(thread, deps.request);
      if (opening === unreadable ? thread.name === name : showsDelivery(opening, delivery)) return thread.id;
    }
    return null;
  };
  return (await find(await activeThreads(delivery, deps.request))) ?? (await findArchived(delivery, find, deps));
}

async function activeThreads({ target, place }: ClaimedDelivery, request: DiscordRequest): Promise<Thread[]> {
  if (place.guildId === null) throw new Error(`discord: forum ${target} has no server`);
  const { body } = await request({ method: RequestMethod.Get, route: Routes.guildActiveThreads(place.guildId) });
  return readAs(threadsSchema, body).threads;
}

/** Pages of archived threads, those archived last first: none that was archived before `after` was made can be newer than that. */
async function findArchived(
  { target, after }: ClaimedDelivery,
  find: (threads: readonly Thread[]) => Promise<string | null>,
  { request }: LookDeps,
): Promise<string | null> {
  let before: string | null = null;
  for (let pages = 0; pages < mostPages; pages++) {
    const query: URLSearchParams = new URLSearchParams({ limit: String(page) });
    if (before !== null) query.set('before', before);
    const { threads, has_more: hasMore } = await archivedThreads(target, query, request);
    const found = await find(threads);
    if (found !== null) return found;
    const last = threads.at(-1)?.thread_metadata.archive_timestamp;
    if (hasMore !== true || last === undefined || (after !== null && Date.parse(last) < madeAtMs(after))) return null;
    before = last;
  }
  return null;
}

/** None where the history is not ours to read. */
async function archivedThreads(forum: string, query: URLSearchParams, request: DiscordRequest) {
  try {
    const route = Routes.channelThreads(forum, 'public');
    return readAs(threadsSchema, (await request({ method: RequestMethod.Get, route, query })).body);
  } catch (thrown) {
    if (refusalOf(thrown) === missingPermissions) return { threads: [] };
    throw thrown;
  }
}

const unreadable = Symbol('not for us to read');
const missingPermissions = 50013;
const deleted: readonly (number | null)[] = [10003, 10008];

/** The first message of a post, which has the post's id; null where it was deleted. */
async function openingOf({ id }: Thread, request: DiscordRequest): Promise<unknown> {
  try {
    return (await request({ method: RequestMethod.Get, route: Routes.channelMessage(id, id) })).body;
  } catch (thrown) {
    const code = refusalOf(thrown);
    if (code === missingPermissions) return unreadable;
    if (deleted.includes(code)) return null;
    throw thrown;
  }
}

/** Discord's code of a refusal; null for whatever else went wrong. */
function refusalOf(thrown: unknown): number | null {
  const failure = discordFailure(thrown);
  return failure?.kind === 'refused' ? failure.code : null;
}
