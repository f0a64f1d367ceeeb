import { readableDate } from '../discord/dates.ts';
import { fitMarkdown, oneLine } from '../discord/markdown.ts';
import type { DayRank, Explanation } from '../pipeline/explain.ts';
import { fateOf } from '../pipeline/fate.ts';
import type { Fate } from '../pipeline/fate.ts';
import { whenText } from './comes-as.ts';
import { failingText } from './failing-text.ts';
import { placeText } from './place-text.ts';

/** Code points of a reason that came from elsewhere. */
const longestReason = 300;

/**
 * What became of a paper for a subscription, in a sentence or two: `**Not posted**: the query wants …`.
 *
 * @param here id of the channel asked in: another is named
 */
export function fateText(explanation: Explanation, here: string): string {
  const fate = fateOf(explanation);
  switch (fate.kind) {
    case 'posted':
      return `${postedText(explanation, fate, here)}${otherText(explanation, fate)}`;
    case 'waiting':
      return `${waitingText(explanation, fate, here)}${otherText(explanation, fate)}`;
    case 'given-up':
      return `**Given up** ${instant(fate.entry.settledAt ?? fate.entry.due)}: ${reason(fate.entry.reason)}${otherText(explanation, fate)}`;
    default:
      return `${fate.kind === 'not-yet' ? '**Not yet**' : '**Not posted**'}: ${whyNot(explanation, fate.kind)}.`;
  }
}

type Promised = Extract<Fate, { entry: unknown }>;

function postedText({ target }: Explanation, { entry }: Promised, here: string): string {
  const place = placeText(target?.id ?? here, here, target?.kind === 'dm');
  const when = instant(entry.settledAt ?? entry.due);
  if (entry.messageId === null || entry.messageId === '' || target === null) return `**Posted** ${place} ${when}.`;
  const server = target.guildId ?? '@me';
  return `**[Posted](https://discord.com/channels/${server}/${target.id}/${entry.messageId})** ${place} ${when}.`;
}

function waitingText({ target, subscription }: Explanation, { entry }: Promised, here: string): string {
  const place = placeText(subscription.target, here, target?.kind === 'dm');
  if (target?.state === 'paused') {
    return `**Waiting**: posts ${place} are paused. ${reason(target.pausedReason)}`;
  }
  const tried = entry.reason === null ? '' : ` The last try failed: ${reason(entry.reason)}`;
  const when = whenText(subscription);
  return `**Waiting**: it is due ${place} ${instant(entry.due)}${when === '' ? '' : `; papers come ${when}`}.${tried}`;
}

/** Another subscription of the channel may have brought it; whether this one would have is the question that was asked. */
function otherText(explanation: Explanation, { entry, isForOther }: Promised): string {
  if (!isForOther) return '';
  const others = entry.subscriptions.slice(0, 3).map((id) => `\`${id}\``);
  const own = explanation.match?.matched
    ? 'It matches this one as it is now, too.'
    : `This one would not have brought it: ${whyNot(explanation, explanation.match === null ? 'unreadable' : 'unmatched')}.`;
  return ` It came for ${others.join(' and ')}. ${own}`;
}

function whyNot(explanation: Explanation, kind: Exclude<Fate['kind'], Promised['kind']>): string {
  const { subscription, match, refused, rank, day } = explanation;
  switch (kind) {
    case 'unreadable':
      return `I cannot read the query of this subscription any more (column ${refused?.column ?? 1}: ${fitMarkdown(refused?.message ?? '', longestReason)})`;
    case 'unmatched':
      return match === null ? '' : failingText(match, subscription).join('; besides, ');
    case 'imported':
      return 'it matches, but I know it from an import, and post only what I read in a listing';
    case 'not-yet':
      return `it matches; the listing of ${readableDate(day.date)} waits to be looked through`;
    case 'older':
      return `it matches, but was announced on ${readableDate(day.date)}, before this subscription was made (${instant(subscription.createdAt)})`;
    case 'too-little':
      return `it matches, but is more relevant than only ${percent(rank?.percentile ?? 0)} of recent papers, and this subscription asks for ${percent(subscription.minScore)}`;
    case 'beyond-budget':
      return `it matches${rankText(rank)}, but this subscription takes about ${papers(subscription.perDay ?? 0)} a day, and the most relevant ones were others`;
    case 'beyond-cap':
      return beyondText(explanation);
    default:
      return `it matches as the subscription is now${rankText(rank)}; it was not chosen when the listing of ${readableDate(day.date)} was looked through. Somebody may have changed the subscription since`;
  }
}

function beyondText({ subscription, rank }: Explanation): string {
  const takes = `this subscription takes ${subscription.maxPapers}`;
  if (rank === null) return `it matches, but ${takes} a day`;
  if (rank.verdict === 'cap')
    return `it matches, but was number ${rank.rank} of ${rank.matched} that day, and ${takes}`;
  return `it matches, but when its listing came, ${papers(rank.spent)} of that day had been taken already, and ${takes}`;
}

function rankText(rank: DayRank | null): string {
  return rank === null ? '' : `, as number ${rank.rank} of ${rank.matched} that day`;
}

/** Never more than it is; with a decimal where there is one, for what is asked for may be one, and what there is just below. */
function percent(share: number): string {
  // A share such as 0.29 is a hair below 29 %.
  return `${Math.floor(share * 1_000 + 1e-6) / 10} %`;
}

function papers(count: number): string {
  return `${count} ${count === 1 ? 'paper' : 'papers'}`;
}

/** Discord shows it in the reader's own time zone. */
function instant(ms: number): string {
  return `<t:${Math.floor(ms / 1_000)}:f>`;
}

function reason(text: string | null): string {
  const clean = fitMarkdown(oneLine(text ?? 'for no reason that I know'), longestReason);
  return /[.!?…]$/.test(clean) ? clean : `${clean}.`;
}
