import type { StoredSubscription } from '../domain/subscription.ts';
import { wishText } from './wish-text.ts';

/** Subscriptions named one by one; beyond, a number. */
const namedSubscriptions = 2;

/** Characters shown of each. */
const longestWish = 60;

/**
 * What is said of a mark that is now set, or taken back: what it does to the subscriptions that brought the paper.
 *
 * @param mark.name of the paper, as Markdown
 * @param mark.subscriptions those that it counts for; none where the paper came otherwise
 * @param mark.isShared true in a server, where others' marks count too
 */
export function markText(mark: {
  readonly kind: 'up' | 'down';
  readonly isSet: boolean;
  readonly name: string;
  readonly subscriptions: readonly StoredSubscription[];
  readonly isShared: boolean;
}): string {
  const { kind, isSet, name, subscriptions, isShared } = mark;
  const face = kind === 'up' ? '👍' : '👎';
  const isAny = subscriptions.length > 0;
  if (!isSet) {
    const learns = subscriptions.length === 1 ? 'learns' : 'learn';
    const names = namesOf(subscriptions);
    const forgotten = isAny ? ` ${names.slice(0, 1).toUpperCase()}${names.slice(1)} no longer ${learns} from it.` : '';
    return `Your ${face} for ${name} is taken back.${forgotten}`;
  }
  if (!isAny) {
    const noted = kind === 'up' ? `you find ${name} relevant` : `${name} is not for you`;
    return `${face} Noted: ${noted}. No subscription learns from it, for none brought it here. Press again to take it back.`;
  }
  const [chosen, ranked] = [subscriptions.filter(chooses), subscriptions.filter((one) => !chooses(one))];
  const effects = [
    ...(chosen.length > 0
      ? [`${namesOf(chosen)} will bring ${kind === 'up' ? 'more' : 'fewer'} papers like ${name}`]
      : []),
    ...(ranked.length > 0
      ? [`${namesOf(ranked)} will put papers like ${name} ${kind === 'up' ? 'first' : 'last'}`]
      : []),
  ];
  const others = isShared ? ' In this channel everybody’s 👍 and 👎 count together.' : '';
  return `${face} Noted: ${effects.join('; ')}.${others} Press again to take it back.`;
}

/** Whether relevance decides which papers come; where everything that a query finds does, it decides their order alone. */
function chooses({ query, perDay, minScore }: StoredSubscription): boolean {
  return query.trim() === '' || perDay !== null || minScore > 0;
}

function namesOf(subscriptions: readonly StoredSubscription[]): string {
  const named = subscriptions.slice(0, namedSubscriptions).map(nameOf);
  const others = subscriptions.length - named.length;
  return others > 0 ? `${named.join(', ')} and ${others} more` : named.join(' and ');
}

/** A query says enough; without one, whatever the subscription goes by. */
function nameOf({ query, categories, interests, authors }: StoredSubscription): string {
  return query.trim() === ''
    ? `the subscription to ${wishText({ query, categories, interests, authors }, longestWish)}`
    : wishText({ query, categories: [], interests: '', authors: [] }, longestWish);
}
