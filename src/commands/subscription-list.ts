import { turningRow } from '../discord/buttons.ts';
import type { ListedOf } from '../discord/custom-id.ts';
import type { MessageBody } from '../discord/embed-paper.ts';
import { lengthOf, shorten } from '../discord/shorten.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import { whenText } from './comes-as.ts';
import { volumeText } from './volume-text.ts';
import { wishText } from './wish-text.ts';

/** Subscriptions on one page, so that it stays readable. */
const mostOnPage = 10;

/** Code points of one page: inside the 4,096 of an embed's description, and with title and footer inside the 6,000 of a message. */
const longestPage = 4_000;

/** Code points of one line, so that a place and a subscription always fit on a page together, whatever a file says of them. */
const longestLine = 1_500;

/** Characters shown of each free text of a subscription. */
const longestText = 120;

/**
 * One page of a list of subscriptions, grouped by the place they post to, in the order given.
 *
 * @param list.subscriptions those of one place next to each other
 * @param list.page from 1; one beyond the last shows the last
 * @param list.targets paused ones are shown with their reason, and how to go on
 */
export function subscriptionListPage(list: {
  readonly title: string;
  readonly subscriptions: readonly StoredSubscription[];
  readonly targets: ReadonlyMap<string, Target>;
  readonly page: number;
  /** Whose they are, for the buttons to the other pages. */
  readonly of: ListedOf;
}): MessageBody {
  const pages = pagesOf(list.subscriptions, list.targets);
  const page = Math.max(1, Math.min(list.page, pages.length));
  const to = (other: number) => ({ action: 'list', of: list.of, page: other }) as const;
  const turning = turningRow(
    { id: to(page - 1), isThere: page > 1 },
    { id: to(page + 1), isThere: page < pages.length },
  );
  return {
    embeds: [
      {
        title: list.title,
        description: pages[page - 1] ?? '',
        ...(pages.length > 1 ? { footer: { text: `Page ${page} of ${pages.length}` } } : {}),
      },
    ],
    components: pages.length > 1 ? [turning] : [],
  };
}

/** As many subscriptions to a page as fit; every page names the places of its own. */
function pagesOf(subscriptions: readonly StoredSubscription[], targets: ReadonlyMap<string, Target>): string[] {
  const pages: string[] = [];
  let page = '';
  let count = 0;
  let place: string | null = null;
  for (const subscription of subscriptions) {
    const line = subscriptionLine(subscription);
    const heading = placeLine(subscription.target, targets.get(subscription.target));
    const added = subscription.target === place ? line : `${heading}\n${line}`;
    if (count > 0 && (count === mostOnPage || lengthOf(`${page}\n${added}`) > longestPage)) {
      pages.push(page);
      page = `${heading}\n${line}`;
      count = 1;
    } else {
      page = count === 0 ? added : `${page}\n${added}`;
      count += 1;
    }
    place = subscription.target;
  }
  return [...pages, page];
}

function subscriptionLine(subscription: StoredSubscription): string {
  const { style, hour, id } = subscription;
  const when = whenText(subscription);
  const manner = when === '' ? style : `${style}${hour === null ? ',' : ''} ${when}`;
  const wish = shorten(wishText(subscription, longestText), longestLine - 200);
  return `- ${wish}, ${manner}, ${volumeText(subscription)} (\`${shorten(id, 100)}\`)`;
}

function placeLine(id: string, target: Target | undefined): string {
  const isDm = target?.kind === 'dm';
  const name = isDm ? 'Direct messages' : `<#${id}>`;
  if (target?.state !== 'paused') return `**${name}**`;
  const why = shorten(`**${name}** (paused) ${target.pausedReason ?? ''}`.trimEnd(), longestLine - 200);
  const edit = isDm ? '/alert edit' : '/subscriptions edit';
  return `${why} Once that is mended, posts go on by themselves, a day later at most; \`${edit}\` one of these, and they go on at once.`;
}
