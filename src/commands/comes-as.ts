import type { QuietHours, StoredSubscription } from '../domain/subscription.ts';
import { volumeText } from './volume-text.ts';

/** When and how a subscription's papers come, in a sentence. `where`: `here` or nothing. */
export function comesAs(subscription: StoredSubscription, where: 'here' | '' = ''): string {
  const { style, hour } = subscription;
  const when = whenText(subscription);
  const first = hour === null ? `as soon as arXiv announces them${when === '' ? '' : `, but ${when}`}` : when;
  const shape = style === 'cards' ? 'one message each' : 'ten to a message';
  return `New papers come ${where === '' ? '' : `${where} `}${first}, ${shape}, ${volumeText(subscription)}.`;
}

/** What a subscription says of when papers come: `at 9:00 (Europe/Berlin)`, `not from 22:00 to 7:00 (UTC)`; empty for at any time. */
export function whenText({ hour, quiet, zone }: Pick<StoredSubscription, 'hour' | 'quiet' | 'zone'>): string {
  const parts = [
    ...(hour === null ? [] : [`at ${hour}:00`]),
    ...(quiet === null ? [] : [`${hour === null ? 'not' : 'never'} ${hoursText(quiet)}`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')} (${zone})`;
}

/** `from 22:00 to 7:00`. */
export function hoursText({ from, until }: QuietHours): string {
  return `from ${from}:00 to ${until}:00`;
}
