import type { Command } from 'commander';
import { readSubscriptions } from '../exports/subscriptions-file.ts';
import { matchPapers } from '../pipeline/match-papers.ts';
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
      const { matches, refused } = matchPapers(readPapers(files.listing), subscriptions);
      for (const match of matches) printJson(match);
      // The file was checked when it was read: this is a difference between that check and matching.
      if (refused.length > 0)
        throw new Error(`match: ${refused.map(({ subscription }) => subscription).join(', ')} cannot be matched`);
    });
}
