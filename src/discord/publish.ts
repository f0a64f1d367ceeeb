import { RequestMethod, Routes } from 'discord.js';
import { z } from 'zod';
import type { Publication, Unpublished } from '../domain/delivery.ts';
import { discordFailure } from './failure.ts';
import type { DiscordFailure } from './failure.ts';
import { tokenRefused } from './outcome.ts';
import type { OutcomeDeps } from './outcome.ts';
import { readAs } from './read-as.ts';
import type { DiscordRequest } from './rest.ts';

const messageSchema = z.object({ id: z.string() });

/** Somebody published it before us. */
const alreadyPublished = 40033;

/** Real milliseconds until it is tried again after a failure that passes, and at least after a refusal: headers have been wrong there. */
const againAfterMs = 60_000;

/**
 * Publishes a message to the channels that follow its channel. Discord takes ten an hour of a channel, and says when it takes more.
 *
 * @throws AppError `token-refused`; whatever is no failure of Discord or the network, as it came
 */
export async function publishMessage(
  request: DiscordRequest,
  { target, messageId }: Unpublished,
  deps: Pick<OutcomeDeps, 'nowMs' | 'fromReal'>,
): Promise<Publication> {
  const route = Routes.channelMessageCrosspost(target, messageId);
  try {
    const { body, opensInMs } = await request({ method: RequestMethod.Post, route });
    readAs(messageSchema, body);
    return { kind: 'published', nextAtMs: opensInMs > 0 ? deps.nowMs() + deps.fromReal(opensInMs) : null };
  } catch (thrown) {
    const failure = discordFailure(thrown);
    if (failure === null) throw thrown;
    return publicationOfFailure(failure, deps);
  }
}

function publicationOfFailure(failure: DiscordFailure, deps: Pick<OutcomeDeps, 'nowMs' | 'fromReal'>): Publication {
  const again = (reason: string, realMs = againAfterMs): Publication => ({
    kind: 'again',
    atMs: deps.nowMs() + Math.ceil(deps.fromReal(Math.max(realMs, againAfterMs))),
    reason,
  });
  switch (failure.kind) {
    case 'limited':
      return again('Discord asked to wait', failure.retryAfterMs);
    case 'network':
      return again(`Discord could not be reached: ${failure.message}`);
    case 'server':
      return again(`Discord answered ${failure.status}`);
    default:
      if (failure.status === 401) throw tokenRefused();
      if (failure.code === alreadyPublished) return { kind: 'published', nextAtMs: null };
      // Not Discord but something before it, which lets us through another time.
      if (failure.code === null || failure.status === 408) return again(`Discord answered ${failure.status}`);
      return { kind: 'never', reason: `Discord answered ${failure.status}, code ${failure.code}: ${failure.message}` };
  }
}
