import type { Command } from 'commander';
import { shippedFrequencies } from '../app/open-knowledge.ts';
import { readSubscriptions } from '../exports/subscriptions-file.ts';
import { withBackground } from '../match/background.ts';
import { countDocumentFrequencies } from '../match/document-frequencies.ts';
import { prepareMatcher } from '../pipeline/prepare-matcher.ts';
import { printJson } from './print.ts';
import { readPapers, readTextInput } from './read-input.ts';

/** `match --listing FILE --subscriptions FILE`: one Match a line, by paper and score; no database. */
export function addMatch(program: Command): void {
  program
    .command('match')
    .description('match the papers of a file against the subscriptions of another')
    .requiredOption('--listing <file>', 'a listing, Listing JSON, or JSON Lines of papers')
    .requiredOption('--subscriptions <file>', 'JSON Lines, or a YAML or JSON list')
    .action((files: { listing: string; subscriptions: string }) => {
      const subscriptions = readSubscriptions(readTextInput(files.subscriptions), files.subscriptions);
      const papers = readPapers(files.listing);
      const counted = countDocumentFrequencies(papers.map(({ paper }) => paper));
      const { matcher, refused } = prepareMatcher(subscriptions, withBackground(shippedFrequencies(), counted));
      for (const match of papers.flatMap((paper) => matcher.match(paper))) printJson(match);
      // The file was checked when it was read: this is a difference between that check and matching.
      if (refused.length > 0)
        throw new Error(`match: ${refused.map(({ subscription }) => subscription).join(', ')} cannot be matched`);
    });
}
