import type { APIEmbed } from 'discord.js';
import type { Style } from '../domain/subscription.ts';
import { authorLine } from './author-line.ts';
import { numberRows, paperRows } from './buttons.ts';
import { readableDate } from './dates.ts';
import { colours, kindText, linkedTitle, noMentions, paperEmbed } from './embed-paper.ts';
import type { MessageBody, ShownPaper } from './embed-paper.ts';
import { limits } from './limits.ts';
import { escapeMarkdown } from './markdown.ts';
import { lengthOf } from './shorten.ts';
import { whyLine } from './why-line.ts';

const mostCards = limits.rowsPerMessage;
const mostInDigest = 10;

/**
 * One message of a delivery, inside every limit of Discord whatever the papers hold. Cards: an embed and a row of buttons a paper, 1 to 5.
 * Digest: a numbered list, 1 to 10.
 *
 * @param input.date ISO date of the announcement; null where it is not known
 * @param input.lateSince epoch milliseconds at which it was due, where readers are to know that it is late
 * @throws Error for more or fewer papers: a bug of the plan
 */
export function renderDelivery(input: {
  readonly style: Style;
  readonly date: string | null;
  readonly papers: readonly ShownPaper[];
  readonly lateSince?: number | null;
}): MessageBody {
  const { style, date, papers, lateSince = null } = input;
  const most = style === 'cards' ? mostCards : mostInDigest;
  if (papers.length < 1 || papers.length > most) {
    throw new Error(`discord: a message of style ${style} takes 1 to ${most} papers, not ${papers.length}`);
  }
  const content = lateSince === null ? {} : { content: lateLine(lateSince) };
  if (style === 'digest') {
    const rows = numberRows(
      papers.map(({ paper }) => paper),
      1,
    );
    return {
      ...content,
      embeds: [digestEmbed(papers, date, rows.length > 0)],
      components: rows,
      allowed_mentions: noMentions,
    };
  }
  // The same paper twice would repeat its buttons, which Discord refuses.
  const first = papers.filter(({ paper }, index) => papers.findIndex((other) => other.paper.id === paper.id) === index);
  return {
    ...content,
    embeds: papers.map((paper) => paperEmbed(paper, date)),
    components: first.flatMap(({ paper }) => paperRows(paper, 'card')),
    allowed_mentions: noMentions,
  };
}

/** A small line; Discord writes the time in the language and zone of whoever reads it. */
function lateLine(dueMs: number): string {
  return `-# Late: this was due <t:${Math.floor(dueMs / 1_000)}:f>.`;
}

/** “3 papers · Fri 23 May 2025”. */
export function digestTitle(count: number, date: string | null): string {
  const papers = count === 1 ? '1 paper' : `${count} papers`;
  return date === null ? papers : `${papers} · ${readableDate(date)}`;
}

function digestEmbed(papers: readonly ShownPaper[], date: string | null, hasButtons: boolean): APIEmbed {
  const share = Math.floor((limits.embedDescription - 2 * papers.length) / papers.length);
  return {
    title: digestTitle(papers.length, date),
    description: papers.map((paper, index) => digestLines(paper, index + 1, Math.min(share, 700))).join('\n\n'),
    color: colours.neutral,
    ...(hasButtons ? { footer: { text: 'A number opens its abstract.' } } : {}),
  };
}

/** A paper of a digest in at most `max` code points: title, then who and what, then why. */
function digestLines(shown: ShownPaper, number: number, max: number): string {
  const { paper, kind } = shown;
  const sort = escapeMarkdown(kindText(paper, kind));
  const authors = authorLine(paper, 2, Math.floor(max / 5));
  const below = [[authors, sort].filter((part) => part !== '').join(' · '), whyLine(shown, Math.floor(max / 3))];
  const lines = below
    .filter((line) => line !== '')
    .map((line) => `\n${line}`)
    .join('');
  const mark = `**${number}.** `;
  return `${mark}${linkedTitle(paper, max - lengthOf(mark) - lengthOf(lines))}${lines}`;
}
