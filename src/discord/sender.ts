import type { ClaimedDelivery, Outcome } from '../domain/delivery.ts';
import type { ShownPaper } from './embed-paper.ts';
import { findPost } from './find-post.ts';
import { findThread } from './find-thread.ts';
import { outcomeOfThrown } from './outcome.ts';
import type { OutcomeDeps } from './outcome.ts';
import { createOwnId } from './own-id.ts';
import { renderDelivery } from './render-delivery.ts';
import type { DiscordRequest } from './rest.ts';
import { sendMessage } from './send.ts';
import { sendThread } from './send-thread.ts';
import { threadName } from './thread-name.ts';

/** A delivery with its papers as they are now. */
export type SentPost = {
  readonly delivery: ClaimedDelivery;
  readonly papers: readonly ShownPaper[];
  /** Epoch milliseconds at which it was due, where readers are to know that it is late. */
  readonly lateSince: number | null;
};

/**
 * Sends posts by `request`: as a message, or in a forum as a thread of its own. Where one may have arrived already it is looked for first,
 * and not sent again if it is there.
 *
 * What it returns throws AppError `token-refused`; whatever is no failure of Discord or the network, as it came.
 */
export function createSender(request: DiscordRequest, deps: OutcomeDeps): (post: SentPost) => Promise<Outcome> {
  const looking = { request, ownId: createOwnId(request) };

  async function look({ delivery, papers }: SentPost): Promise<Outcome | null> {
    try {
      const found =
        delivery.place.kind === 'forum'
          ? await findThread(delivery, threadName(papers, delivery.date), looking)
          : await findPost(delivery, looking);
      return found === null ? null : { kind: 'sent', messageId: found };
    } catch (thrown) {
      return stillUnsure(outcomeOfThrown(thrown, delivery, deps));
    }
  }

  async function send({ delivery, papers, lateSince }: SentPost): Promise<Outcome> {
    const { id, target, place, style, date, attempts, firstTriedAt } = delivery;
    const body = renderDelivery({ style, date, papers, lateSince });
    const tried = { attempts, firstTriedAt };
    if (place.kind !== 'forum')
      return sendMessage(request, { ...tried, channelId: target, body, deliveryId: id }, deps);
    const about = papers.map(({ paper }) => paper);
    const name = threadName(papers, date);
    return sendThread(request, { ...tried, forumId: target, name, message: body, papers: about }, deps);
  }

  return async (post) => {
    if (!post.delivery.mayHaveArrived) return send(post);
    // What was not there may still come: a later try looks again, for by then Discord may have forgotten the nonce.
    return (await look(post)) ?? stillUnsure(await send(post));
  };
}

/** Nobody knows more than before of what is tried again. */
function stillUnsure(outcome: Outcome): Outcome {
  return outcome.kind === 'retry' || outcome.kind === 'pause' ? { ...outcome, mayHaveArrived: true } : outcome;
}
