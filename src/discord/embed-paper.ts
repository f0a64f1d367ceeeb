import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { absUrl } from '../domain/links.ts';
import type { Evidence } from '../domain/match.ts';
import type { AnnouncementKind, Paper } from '../domain/paper.ts';
import { readable } from '../text/tex.ts';
import { authorLine } from './author-line.ts';
import { isPlainId } from './custom-id.ts';
import { readableDate } from './dates.ts';
import { limits } from './limits.ts';
import { escapeLinkText, fitMarkdown, fitPlain, oneLine } from './markdown.ts';
import { whyLine } from './why-line.ts';

/** The JSON body of a message, complete but for the nonce. */
export type MessageBody = RESTPostAPIChannelMessageJSONBody;

/** A paper as it was announced, and what made it match; no evidence where nothing was asked. */
export type ShownPaper = {
  readonly paper: Paper;
  readonly kind: AnnouncementKind;
  readonly evidence: readonly Evidence[];
  /** Share of recent papers in these categories (none: of all) that are less relevant, 0 to 1; left out or null where unknown. */
  readonly relevance?: { readonly percentile: number; readonly categories: readonly string[] } | null;
};

/** Nobody is ever pinged: titles are text of strangers. */
export const noMentions: NonNullable<MessageBody['allowed_mentions']> = { parse: [] };

/** Bars of embeds. New papers stand out; what was seen before is calmer. */
export const colours = {
  new: 0x2f9e77,
  cross: 0x4a7fc1,
  replace: 0xc08a2e,
  'replace-cross': 0x8d7ab5,
  withdrawn: 0x80848e,
  neutral: 0x5b6b7f,
} as const;

/** Five cards of these sizes, escapes counted, stay within the 6,000 code points of a message. */
const cardSizes = { authors: 180, summary: 350, why: 200, footer: 180 } as const;

/** A paper as a card: linked title, authors, the beginning of the abstract, why it is here, and what it is. */
export function paperEmbed(shown: ShownPaper, date: string | null): APIEmbed {
  const { paper, kind } = shown;
  const description = [
    authorLine(paper, 3, cardSizes.authors),
    paper.abstract === null ? '' : fitMarkdown(oneLine(readable(paper.abstract)), cardSizes.summary),
    whyLine(shown, cardSizes.why),
  ].filter((block) => block !== '');
  return {
    ...titleOf(paper),
    ...(description.length > 0 ? { description: description.join('\n\n') } : {}),
    footer: { text: footerText(paper, kind, date) },
    color: paper.withdrawn ? colours.withdrawn : colours[kind],
  };
}

/** Title and address of an embed about one paper. */
export function titleOf(paper: Paper): Pick<APIEmbed, 'title' | 'url'> {
  const title = fitMarkdown(oneLine(readable(paper.title)), limits.embedTitle);
  return {
    title: title === '' ? fitMarkdown(`arXiv:${paper.id}`, limits.embedTitle) : title,
    ...(isPlainId(paper.id) ? { url: absUrl(paper.id) } : {}),
  };
}

/** `[Title](address)` in at most `max` code points; `escape` may keep marks of its own. */
export function linkedTitle(paper: Paper, max: number, title = readable(paper.title), escape = escapeLinkText): string {
  if (!isPlainId(paper.id)) return fitMarkdown(oneLine(title), max);
  const address = absUrl(paper.id);
  const shown = fitMarkdown(oneLine(title), Math.min(limits.embedTitle, max - address.length - 4), escape);
  return `[${shown === '' ? `arXiv:${paper.id}` : shown}](${address})`;
}

/** “cs.DC · new”, “cross-list from eess.SY”, “cs.DC · replaced”: what a paper is in the listing that announced it. */
export function kindText(paper: Paper, kind: AnnouncementKind): string {
  const primary = fitPlain(paper.primary, 30);
  const from = primary === '' ? '' : ` from ${primary}`;
  const home = primary === '' ? '' : `${primary} · `;
  const text = {
    new: `${home}new`,
    cross: `cross-list${from}`,
    replace: `${home}replaced`,
    'replace-cross': `replaced, cross-list${from}`,
  }[kind];
  return paper.withdrawn ? `${text} · withdrawn` : text;
}

function footerText(paper: Paper, kind: AnnouncementKind, date: string | null): string {
  const parts = [kindText(paper, kind), `arXiv:${fitPlain(paper.id, 80)}`, date === null ? '' : readableDate(date)];
  return fitPlain(parts.filter((part) => part !== '').join(' · '), cardSizes.footer);
}
