import { RequestMethod, Routes } from 'discord.js';
import { underWayMs } from '../domain/delivery.ts';
import type { Outcome } from '../domain/delivery.ts';
import type { Paper } from '../domain/paper.ts';
import type { MessageBody } from './embed-paper.ts';
import { fittingTags, forumSchema } from './forum-tags.ts';
import { outcomeOfThrown, tagNeeded } from './outcome.ts';
import type { OutcomeDeps, Tried } from './outcome.ts';
import { readAs } from './read-as.ts';
import type { DiscordRequest } from './rest.ts';
import { outcomeOf } from './send.ts';

/**
 * Starts a post in a forum, tagged where tags fit it. Discord looks for no nonce here: where nobody knows what became of it, the outcome
 * is one that `mayHaveArrived`, and the next try must look for it first.
 *
 * @throws AppError `token-refused`; whatever is no failure of Discord or the network, as it came
 */
export async function sendThread(
  request: DiscordRequest,
  post: Tried & {
    readonly forumId: string;
    readonly name: string;
    readonly message: MessageBody;
    /** What it is about, for its tags. */
    readonly papers: readonly Paper[];
  },
  deps: OutcomeDeps,
): Promise<Outcome> {
  const { forumId, name, papers } = post;
  const tags = await tagsFor(request, forumId, papers).catch((thrown: unknown) => outcomeOfThrown(thrown, post, deps));
  if (tags === null) return { kind: 'pause', reason: tagNeeded };
  // Nothing was sent yet, so nothing can have arrived.
  if ('kind' in tags) return tags.kind === 'retry' ? { ...tags, mayHaveArrived: false } : tags;
  const body = {
    name,
    ...(tags.length > 0 ? { applied_tags: tags } : {}),
    // Titles are text of strangers: nobody is ever pinged by one.
    message: { ...post.message, allowed_mentions: { parse: [] } },
  };
  const create = () => request({ method: RequestMethod.Post, route: Routes.threads(forumId), body });
  const outcome = await outcomeOf(create, post, deps);
  if (outcome.kind !== 'retry' || outcome.mayHaveArrived !== true) return outcome;
  return { ...outcome, atMs: Math.max(outcome.atMs, deps.nowMs() + deps.fromReal(underWayMs)) };
}

async function tagsFor(request: DiscordRequest, forumId: string, papers: readonly Paper[]) {
  const { body } = await request({ method: RequestMethod.Get, route: Routes.channel(forumId) });
  return fittingTags(readAs(forumSchema, body), papers);
}
