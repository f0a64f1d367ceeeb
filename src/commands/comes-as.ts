import type { StoredSubscription } from '../domain/subscription.ts';

/** When and how a subscription's papers come, in a sentence. */
export function comesAs({ style, maxPapers, hour, zone }: StoredSubscription): string {
  const when = hour === null ? 'as soon as arXiv announces them' : `at ${hour}:00 (${zone})`;
  const shape = style === 'cards' ? 'one message each' : 'ten to a message';
  return `New papers come ${when}, ${shape}, at most ${maxPapers} a day.`;
}
