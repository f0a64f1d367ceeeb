import type { APIButtonComponentWithCustomId, APIEmbedField } from 'discord.js';
import { actionButton, buttonRow } from '../discord/buttons.ts';
import { isPlainId } from '../discord/custom-id.ts';
import { readableDate } from '../discord/dates.ts';
import { colours, noMentions } from '../discord/embed-paper.ts';
import type { MessageBody } from '../discord/embed-paper.ts';
import { fitMarkdown, oneLine } from '../discord/markdown.ts';
import { shorten } from '../discord/shorten.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import { describeQuery } from '../query/describe.ts';
import { parseQuery } from '../query/parse.ts';
import { comesAs } from './comes-as.ts';
import type { CommandDeps } from './deps.ts';
import { learnedText } from './learned-text.ts';
import { placeText } from './place-text.ts';
import { previewText } from './preview-embed.ts';
import { wishText } from './wish-text.ts';

/** Days of announcements that “lately” means. */
const latelyDays = 30;

/** Code points of a field, Discord's limit is 1,024. */
const longestField = 1_000;

/**
 * All there is to know of one subscription: what it selects, how and where it comes, what it brought lately, what it learned, and what it
 * would bring as it is now. Whoever may decide about it gets the button that makes it forget.
 *
 * @param asked.here id of the channel it is told in
 */
export async function subscriptionBody(
  subscription: StoredSubscription,
  asked: { readonly here: string; readonly mayForget: boolean },
  deps: Pick<CommandDeps, 'store' | 'clock' | 'preview' | 'learned'>,
): Promise<MessageBody> {
  const { id, target: targetId } = subscription;
  const target = await deps.store.targets.get(targetId);
  const learned = await deps.learned(subscription);
  const others = (await deps.store.subscriptions.list({ target: targetId })).filter((other) => other.id !== id);
  const isDm = target?.kind === 'dm';
  const where = placeText(targetId, asked.here, isDm);
  const preview = previewText(await deps.preview(subscription, others), subscription, others, where);
  const fields = [
    { name: 'What it selects', value: selectsText(subscription) },
    { name: 'How it comes', value: [comesAs(subscription), pausedText(target)].join(' ').trim() },
    { name: 'Lately', value: await latelyText(subscription, deps) },
    { name: 'What it learned', value: learnedText(learned) },
    { name: `As it is now: ${preview.title}`, value: preview.description },
  ].map((field): APIEmbedField => ({ ...field, value: shorten(field.value, longestField) }));
  const hasMarks = learned.up + learned.down > 0;
  return {
    embeds: [
      {
        title: `${isDm ? 'Your alert' : 'Subscription'} ${fitMarkdown(id, 100)}`,
        description: `${isDm ? 'To you alone' : `In <#${targetId}>`}, since ${sinceText(subscription, isDm)}.`,
        fields,
        color: colours.neutral,
      },
    ],
    components: hasMarks && asked.mayForget && isPlainId(id) ? [buttonRow([forgetButton(id)])] : [],
    allowed_mentions: noMentions,
  };
}

function forgetButton(subscription: string): APIButtonComponentWithCustomId {
  return actionButton({ label: 'Forget what it learned' }, { action: 'forget', subscription, sure: false });
}

function sinceText({ createdAt, createdBy }: StoredSubscription, isDm: boolean): string {
  const day = `<t:${Math.floor(createdAt / 1_000)}:D>`;
  if (isDm) return day;
  return createdBy === null ? `${day}, from a file` : `${day}, by <@${createdBy}>`;
}

function selectsText(subscription: StoredSubscription): string {
  const { minScore, kinds, query } = subscription;
  const sentences = [`${wishText(subscription, 300)}.`];
  const read = parseQuery(query);
  if (read.ok) sentences.push(`Read as: ${fitMarkdown(describeQuery(read.value), 400)}.`);
  if (kinds.some((kind) => kind === 'replace' || kind === 'replace-cross'))
    sentences.push('Revised papers count, too.');
  if (minScore > 0)
    sentences.push(`Only what is more relevant than ${Number((minScore * 100).toFixed(1))} % of recent papers.`);
  return sentences.join(' ');
}

function pausedText(target: Target | null): string {
  if (target?.state !== 'paused') return '';
  return `**Paused**: ${fitMarkdown(oneLine(target.pausedReason ?? ''), 300)}`;
}

/** What was sent, which other subscriptions of the channel may have wanted too. */
async function latelyText(
  { id, target }: StoredSubscription,
  { store, clock }: Pick<CommandDeps, 'store' | 'clock'>,
): Promise<string> {
  const today = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO('UTC').toPlainDate();
  const since = today.subtract({ days: latelyDays }).toString();
  const sent = (await store.deliveries.sentTo(target, since)).filter(({ subscriptions }) => subscriptions.includes(id));
  const last = sent.at(-1);
  if (last === undefined) return `It brought nothing in the last ${latelyDays} days.`;
  const papers = `${sent.length} ${sent.length === 1 ? 'paper' : 'papers'}`;
  return `It brought ${papers} in the last ${latelyDays} days, the last of them announced on ${readableDate(last.date)}.`;
}
