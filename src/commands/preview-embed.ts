import type { APIEmbed } from 'discord.js';
import { readableDate } from '../discord/dates.ts';
import { linkedTitle } from '../discord/embed-paper.ts';
import type { Paper } from '../domain/paper.ts';

/** Papers named in a preview; the rest is a number. */
const namedPapers = 3;

/** Characters of the line of a paper, its address included. */
const longestLine = 200;

/** What the latest listing would have brought to a subscription that takes at most `maxPapers` a day: how many, and the best of them. */
export function previewEmbed(
  preview: { readonly date: string | null; readonly matches: readonly { readonly paper: Paper }[] },
  maxPapers: number,
): APIEmbed {
  const { date, matches } = preview;
  if (date === null) {
    return {
      title: 'No listing yet',
      description: 'I have not read a listing so far, so I cannot tell how much this brings. The next one starts it.',
    };
  }
  const day = readableDate(date);
  if (matches.length === 0) {
    return {
      title: `The listing of ${day} would have brought nothing`,
      description:
        'New and cross-listed papers count here, revised ones do not. It may be a quiet day; if it stays quiet, try fewer words or an `OR`, and `/search` to see what there is.',
    };
  }
  const lines = matches.slice(0, namedPapers).map(({ paper }) => `- ${linkedTitle(paper, longestLine)}`);
  if (matches.length > namedPapers) lines.push(`and ${matches.length - namedPapers} more`);
  const papers = `${matches.length} ${matches.length === 1 ? 'paper' : 'papers'}`;
  // The preview stops at the daily limit as a real day does, so that many means that many or more.
  const brought = matches.length >= maxPapers ? `reached the limit of ${papers}` : `brought ${papers}`;
  return { title: `The listing of ${day} would have ${brought}`, description: lines.join('\n') };
}
