import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { fitPlain } from '../discord/markdown.ts';
import { lengthOf, shorten } from '../discord/shorten.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { plainWish } from './wish-text.ts';

/** Characters of a suggestion and of the id it stands for, Discord's limit. One of an id from a file that is longer cannot be suggested. */
const longest = 100;

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
  const named = subscriptions
    .filter(({ id }) => id.length <= longest)
    .map((subscription) => {
      const place = placeOf(subscription);
      const name = `${place === '' ? '' : `${place}: `}${plainWish(subscription)}`;
      return { id: subscription.id, name, shown: fitPlain(name, longest) };
    });
  return named
    .filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(sought))
    .slice(0, maxSuggestions)
    .map(({ id, shown }) => {
      const isAlone = shown !== '' && named.every((other) => other.id === id || other.shown !== shown);
      return { name: isAlone ? shown : withId(shown, id), value: id };
    });
}

/** The id tells suggestions apart that begin alike. */
function withId(shown: string, id: string): string {
  const shortId = fitPlain(id, 40);
  return `${shorten(shown, longest - lengthOf(shortId) - 3)} (${shortId})`.trimStart();
}
