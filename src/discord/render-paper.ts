import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Paper } from '../domain/paper.ts';
import { readable } from '../text/tex.ts';
import { authorLine } from './author-line.ts';
import { paperRows } from './buttons.ts';
import { announcedMonth } from './dates.ts';
import { colours, noMentions, titleOf } from './embed-paper.ts';
import type { MessageBody } from './embed-paper.ts';
import { fitMarkdown, fitPlain, oneLine } from './markdown.ts';

/** Together, escapes counted, within the 6,000 code points of a message. arXiv's longest abstract has 1,920 characters. */
const sizes = { abstract: 3_000, authors: 900, categories: 300, comments: 500, journal: 300, doi: 300 } as const;

/**
 * One paper in full: the whole abstract, everybody who wrote it, and what else arXiv says of it.
 *
 * @param post Discord id of the message that brought it, so that marks on it count there
 */
export function renderPaper(paper: Paper, post?: string): MessageBody {
  return { embeds: [fullEmbed(paper)], components: paperRows(paper, 'full', post), allowed_mentions: noMentions };
}

function fullEmbed(paper: Paper): APIEmbed {
  const abstract = fitMarkdown(paragraphs(readable(paper.abstract ?? '')), sizes.abstract);
  const version = paper.version === null ? '' : `v${paper.version}`;
  return {
    ...titleOf(paper),
    ...(abstract === '' ? {} : { description: abstract }),
    fields: [
      field('Authors', authorLine(paper, 60, sizes.authors)),
      field('Categories', fitMarkdown(categories(paper), sizes.categories), true),
      field('First announced', announcedMonth(paper.id) ?? '', true),
      field('Comments', fitMarkdown(oneLine(readable(paper.comments ?? '')), sizes.comments)),
      field('Published in', fitMarkdown(oneLine(readable(paper.journalRef ?? '')), sizes.journal)),
      field('DOI', doiLink(paper.doi)),
    ].flat(),
    footer: { text: `arXiv:${fitPlain(paper.id, 80)}${version}${paper.withdrawn ? ' · withdrawn' : ''}` },
    color: paper.withdrawn ? colours.withdrawn : colours.neutral,
  };
}

/** None where there is nothing to show: Discord refuses empty fields. */
function field(name: string, value: string, inline = false): APIEmbedField[] {
  return value === '' ? [] : [{ name, value, ...(inline ? { inline } : {}) }];
}

/** Line breaks inside a paragraph are those of an e-mail; only a blank line means something. */
function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => oneLine(paragraph).trim())
    .join('\n\n');
}

function categories({ primary, categories: all }: Paper): string {
  return [...new Set([primary, ...all])].filter((category) => category !== '').join(', ');
}

/** Linked where it is one DOI; a paper may name several, apart by blanks. */
function doiLink(doi: string | null): string {
  if (doi === null || !/^10\.\d{4,9}\/[\w.;/:-]{1,120}$/.test(doi)) return fitMarkdown(oneLine(doi ?? ''), sizes.doi);
  return `[${fitMarkdown(doi, 200)}](https://doi.org/${doi})`;
}
