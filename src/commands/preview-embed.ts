import type { APIEmbed } from 'discord.js';
import { readableDate } from '../discord/dates.ts';
import { linkedTitle } from '../discord/embed-paper.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Backtest } from '../pipeline/backtest.ts';
import { sparkline } from './sparkline.ts';
import { codeSpan, wishText } from './wish-text.ts';

/** Papers named in a preview; the rest is a number. */
const namedPapers = 3;

/** Characters of the line of a paper, its address included. */
const longestLine = 200;

/** Below this share an overlap is chance. */
const leastOverlap = 0.1;

/**
 * What the last listings would have brought: how many papers a day, the best of them, and how much of it comes to the same place already.
 *
 * @param others the other subscriptions of the place, as the preview was given them
 * @param where the place, as `placeText` has it
 */
export function previewEmbed(
  preview: Backtest,
  wanted: Pick<Subscription, 'maxPapers' | 'kinds'>,
  others: readonly Subscription[],
  where = 'here',
): APIEmbed {
  return previewText(preview, wanted, others, where);
}

/** The same as a title and a text. */
export function previewText(
  preview: Backtest,
  wanted: Pick<Subscription, 'maxPapers' | 'kinds'>,
  others: readonly Subscription[],
  where = 'here',
): { readonly title: string; readonly description: string } {
  const { days, sent } = preview;
  const last = days.at(-1);
  if (last === undefined) {
    return {
      title: 'No listing yet',
      description: 'I have not read a listing so far, so I cannot tell how much this brings. The next one starts it.',
    };
  }
  const listings = days.length === 1 ? `The listing of ${readableDate(last.date)}` : `The last ${days.length} listings`;
  if (sent === 0) {
    const quiet = days.length === 1 ? 'It may be a quiet day; if it stays quiet, try' : 'Try';
    const takesRevised = wanted.kinds.some((kind) => kind === 'replace' || kind === 'replace-cross');
    const counting = takesRevised ? '' : 'New and cross-listed papers count here, revised ones do not. ';
    return {
      title: `${listings} would have brought nothing`,
      description: `${counting}${quiet} fewer words or an \`OR\`, and \`/search\` to see what there is.`,
    };
  }
  const hits = preview.best.slice(0, namedPapers).map(({ paper }) => `- ${linkedTitle(paper, longestLine)}`);
  if (sent > hits.length) hits.push(`and ${sent - hits.length} more`);
  const overlap = overlapText(preview, others, where);
  const ending = overlap === '' ? [] : [overlap];
  if (days.length === 1) {
    // The preview stops at the daily limit as a real day does, so that many means that many or more.
    const brought = sent >= wanted.maxPapers ? `reached the limit of ${papers(sent)}` : `brought ${papers(sent)}`;
    return { title: `${listings} would have ${brought}`, description: [...hits, ...ending].join('\n') };
  }
  return {
    title: volumeText(preview),
    description: [seriesText(preview, wanted), '**The best of them**', ...hits, categoriesText(preview), ...ending]
      .filter((line) => line !== '')
      .join('\n'),
  };
}

/** `About 3 papers a day`; what comes seldom is counted by the week, which has five listings. */
function volumeText({ mean, sent, days }: Backtest): string {
  if (mean >= 0.95) return `About ${papers(Math.round(mean))} a day`;
  if (mean * 5 >= 0.95) return `About ${papers(Math.round(mean * 5))} a week`;
  return `Seldom: ${papers(sent)} in ${days.length} listings`;
}

function noneText(days: number): string[] {
  return days === 0 ? [] : [`none on ${days === 1 ? 'one day' : `${days} days`}`];
}

/** The days in words, and drawn. */
function seriesText({ days, sent, leftOut, median }: Backtest, wanted: Pick<Subscription, 'maxPapers'>): string {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return '';
  const most = Math.max(...days.map((day) => day.sent));
  const without = days.filter((day) => day.sent === 0).length;
  const full = days.filter((day) => day.sent >= wanted.maxPapers && day.matched > day.sent).length;
  const sentences = [
    `The last ${days.length} listings (${readableDate(first.date)} to ${readableDate(last.date)}) would have brought ${papers(sent)}:`,
    `${[...(median < 1 ? [] : [`usually about ${Math.round(median)}`]), `${most} at most`, ...noneText(without)].join(', ')}.`,
    ...(full === 0
      ? []
      : [`The limit of ${wanted.maxPapers} was reached on ${full === 1 ? 'one day' : `${full} days`}.`]),
    ...(leftOut > 0 ? [`${papers(leftOut)} more matched, and would have been left out as less relevant.`] : []),
  ];
  return `${sentences.join(' ')}\n\`${sparkline(days.map((day) => day.sent))}\``;
}

function categoriesText({ categories, sent }: Backtest): string {
  if (sent < 5) return '';
  const named = categories.slice(0, 3).filter(({ category, share }) => category !== '' && share >= 0.05);
  if (named.length === 0) return '';
  return `Mostly ${named.map(({ category, share }) => `${category} (${percent(share)})`).join(', ')}.`;
}

/** `83 % of it already arrives here by …`. */
function overlapText({ overlaps, known }: Backtest, others: readonly Subscription[], where: string): string {
  const [most] = overlaps;
  if (most === undefined || known < leastOverlap) return '';
  const other = others.find(({ id }) => id === most.subscription);
  const name =
    other === undefined ? `\`${most.subscription}\`` : `${wishText(other, 100)} (${codeSpan(other.id, 100)})`;
  const all = known === 1 ? 'All' : percent(known);
  if (most.share >= known) return `${all} of it already arrives ${where} by ${name}.`;
  return `${all} of it already arrives ${where}, ${percent(most.share)} by ${name}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function papers(count: number): string {
  return `${count} ${count === 1 ? 'paper' : 'papers'}`;
}
