import { Option } from 'commander';
import type { Command } from 'commander';
import type { ListingFormat } from '../arxiv/listing-format.ts';
import { parseListing } from '../arxiv/parse-listing.ts';
import { printJson } from './print.ts';
import { readInput } from './read-input.ts';

/** `parse FILE`: one Listing. */
export function addParse(program: Command): void {
  program
    .command('parse')
    .description('read a listing and print it as JSON')
    .argument('<file>')
    .addOption(new Option('--format <format>', 'what the file is').choices(['auto', 'html', 'text']).default('auto'))
    .action((file: string, { format }: { format: ListingFormat | 'auto' }) => {
      const listing = parseListing(readInput(file), { format, name: file });
      printJson(listing);
      if (listing.complete === false) {
        const missing = listing.sections.filter(({ shown, parsed }) => shown !== null && shown !== parsed);
        const counts = missing.map(({ kind, shown, parsed }) => `${kind}: declares ${shown}, has ${parsed}`);
        process.stderr.write(`${file}: the listing is not complete (${counts.join('; ')}); fetch it again\n`);
        process.exitCode = 1;
      }
    });
}
