import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import { wishText } from './wish-text.ts';

/** Subscriptions on one page: with the longest texts still well inside the 4,096 characters of an embed. */
const pageSize = 10;

/** Characters shown of each free text of a subscription. */
const longestText = 120;

/**
 * One page of a list of subscriptions, grouped by the place they post to where `targets` is given, in the order given otherwise.
 *
 * @param list.page from 1; one beyond the last shows the last
 * @param list.targets paused ones are shown with their reason
 */
export function subscriptionListPage(list: {
  readonly title: string;
  readonly subscriptions: readonly StoredSubscription[];
  readonly targets: ReadonlyMap<string, Target>;
  readonly page: number;
  /** How to get the next page, such as `/alert list page:2`. */
  nextPage(page: number): string;
}): RESTPostAPIChannelMessageJSONBody {
  const pages = Math.max(1, Math.ceil(list.subscriptions.length / pageSize));
  const page = Math.min(list.page, pages);
  const shown = list.subscriptions.slice((page - 1) * pageSize, page * pageSize);
  const lines: string[] = [];
  let place = '';
  for (const subscription of shown) {
    if (subscription.target !== place) {
      place = subscription.target;
      lines.push(...placeLines(place, list.targets.get(place)));
    }
    lines.push(
      `- ${wishText(subscription, longestText)}, ${subscription.style}, at most ${subscription.maxPapers} a day (\`${subscription.id}\`)`,
    );
  }
  const footer =
    page < pages ? `Page ${page} of ${pages}. Next: ${list.nextPage(page + 1)}` : `Page ${page} of ${pages}`;
  return {
    embeds: [{ title: list.title, description: lines.join('\n'), ...(pages > 1 ? { footer: { text: footer } } : {}) }],
  };
}

function placeLines(id: string, target: Target | undefined): string[] {
  const name = target?.kind === 'dm' ? 'Direct messages' : `<#${id}>`;
  if (target?.state !== 'paused') return [`**${name}**`];
  return [`**${name}** (paused) ${target.pausedReason ?? ''}`.trimEnd()];
}
