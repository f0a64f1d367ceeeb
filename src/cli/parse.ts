import { Option } from 'commander';
import type { Command } from 'commander';
import { listingFormats } from '../arxiv/listing-format.ts';
import type { ListingFormat } from '../arxiv/listing-format.ts';
import { parseListing } from '../arxiv/parse-listing.ts';
import type { Listing } from '../domain/listing.ts';
import { printJson } from './print.ts';
import { readInput } from './read-input.ts';

/** `parse FILE`: one Listing. */
export function addParse(program: Command): void {
  program
    .command('parse')
    .description('read a listing and print it as JSON')
    .argument('<file>')
    .addOption(new Option('--format <format>', 'what the file is').choices(['auto', ...listingFormats]).default('auto'))
    .action((file: string, { format }: { format: ListingFormat | 'auto' }) => {
      const listing = parseListing(readInput(file), { format, name: file });
      printJson(listing);
      if (listing.complete === false) {
        process.stderr.write(
          `${file}: the listing is not complete (${whatIsMissing(listing)}); ${remedies[listing.source]}\n`,
        );
        process.exitCode = 1;
      }
    });
}

function whatIsMissing({ source, sections }: Listing): string {
  if (source === 'rss' || source === 'atom') return 'arXiv cuts a feed at 2,000 papers, and leaves out new ones first';
  if (source === 'api') return 'this is one page of several, or it holds a paper twice';
  if (source === 'oai') return 'this is one page of several';
  const short = sections.filter(({ shown, total, parsed }) => parsed !== (total ?? shown ?? parsed));
  if (short.length === 0) return 'a whole section is missing, or its total disagrees';
  return short.map(({ kind, shown, total, parsed }) => `${kind}: declares ${total ?? shown}, has ${parsed}`).join('; ');
}

const remedies: Readonly<Record<Listing['source'], string>> = {
  html: 'fetch it again, without skip and show in its address',
  text: 'fetch it again, without skip and show in its address',
  mail: 'fetch it again',
  rss: 'take the feeds of its categories, or the listing page',
  atom: 'take the feeds of its categories, or the listing page',
  api: 'take the other pages too',
  oai: 'take the other pages too',
};
