import type { Paper } from '../domain/paper.ts';
import type { SimilarPaper } from '../domain/search.ts';
import { readable } from '../text/tex.ts';
import { authorLine } from './author-line.ts';
import { numberRows } from './buttons.ts';
import { readableDate } from './dates.ts';
import { colours, linkedTitle, noMentions } from './embed-paper.ts';
import type { MessageBody } from './embed-paper.ts';
import { limits } from './limits.ts';
import { fitMarkdown, oneLine } from './markdown.ts';

const longestPaper = 400;

/** Papers like one, the nearest first, each with its link, and numbered buttons that open their abstracts. */
export function renderSimilar(paper: Paper, similar: readonly SimilarPaper[]): MessageBody {
  const found = similar.map(
    ({ paper: other, announced }, index) => `**${index + 1}.** ${lines(other, announced, longestPaper)}`,
  );
  const title = fitMarkdown(`Similar to: ${oneLine(readable(paper.title))}`, limits.embedTitle);
  const description = found.length === 0 ? 'No other paper so far shares a word with this one.' : found.join('\n\n');
  return {
    embeds: [{ title, description, color: colours.neutral }],
    components: numberRows(
      similar.map((each) => each.paper),
      1,
    ),
    allowed_mentions: noMentions,
  };
}

/** Title, who and when, in at most `max` code points. */
function lines(paper: Paper, announced: string, max: number): string {
  const facts = [authorLine(paper, 2, Math.floor(max / 4)), fitMarkdown(paper.primary, 30), readableDate(announced)];
  return `${linkedTitle(paper, Math.floor(max / 2))}\n${facts.filter((fact) => fact !== '').join(' · ')}`;
}
