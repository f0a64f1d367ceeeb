import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { StoredSubscription } from '../domain/subscription.ts';
import { plainWish } from './wish-text.ts';

/** Characters of a suggestion, Discord's limit. */
const longestName = 100;

/** Suggestions Discord shows at most. */
const maxSuggestions = 25;

/**
 * Subscriptions to choose from while an id is typed: those whose suggestion or id contains what was typed so far, in the order given.
 *
 * @param placeOf the `#channel` of a subscription, put before its query; empty for none
 */
export function suggestSubscriptions(
  subscriptions: readonly StoredSubscription[],
  typed: string,
  placeOf: (subscription: StoredSubscription) => string = () => '',
): APIApplicationCommandOptionChoice<string>[] {
  const sought = typed.trim().toLowerCase();
  return subscriptions
    .map((subscription) => {
      const place = placeOf(subscription);
      const name = `${place === '' ? '' : `${place}: `}${plainWish(subscription)}`;
      return { name: shortened(name), value: subscription.id, full: `${name} ${subscription.id}`.toLowerCase() };
    })
    .filter(({ full }) => full.includes(sought))
    .slice(0, maxSuggestions)
    .map(({ name, value }) => ({ name, value }));
}

function shortened(name: string): string {
  const points = Array.from(name);
  return points.length > longestName ? `${points.slice(0, longestName - 1).join('')}…` : name;
}
