import type { Message } from './message.ts';
import type { SandboxState } from './state.ts';

/** Discord says “the past few minutes”; five are on the patient side of a bot's retries. Source: resources/message, Create Message. */
const windowMs = 5 * 60_000;

type Sent = { readonly channel: string; readonly id: string; readonly atMs: number };

/**
 * Which message an author sent under a nonce lately, whatever the channel.
 * Messages that were saved by an earlier run count, so that a restart of the sandbox opens no gap.
 */
export function createNonces(state: SandboxState) {
  const sent = new Map<string, Sent>();
  const remember = (message: Message) => {
    if (message.nonce === undefined) return;
    forgetOld();
    // Inserted anew, so that the map stays in the order of time.
    const key = keyOf(message.author.id, message.nonce);
    sent.delete(key);
    sent.set(key, { channel: message.channel_id, id: message.id, atMs: Date.parse(message.timestamp) });
  };
  const forgetOld = () => {
    for (const [key, { atMs }] of sent) {
      if (state.now() - atMs < windowMs) break;
      sent.delete(key);
    }
  };
  const lately = state.messagesSince(state.now() - windowMs);
  for (const message of lately.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))) remember(message);
  return {
    remember,
    find(author: string, nonce: string | number | null | undefined): Sent | undefined {
      if (nonce === null || nonce === undefined) return undefined;
      forgetOld();
      return sent.get(keyOf(author, nonce));
    },
  };
}

function keyOf(author: string, nonce: string | number): string {
  return `${author}:${String(nonce)}`;
}
