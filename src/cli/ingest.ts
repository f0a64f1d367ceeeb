import type { Command } from 'commander';
import { openFoundation } from '../app/foundation.ts';
import type { Foundation } from '../app/foundation.ts';
import { parseListing } from '../arxiv/parse-listing.ts';
import { readEnvironment } from '../config/environment.ts';
import type { Listing } from '../domain/listing.ts';
import { AppError } from '../lib/errors.ts';
import { announce } from '../pipeline/announce.ts';
import { isoDate } from './options.ts';
import { printJson } from './print.ts';
import { readInput } from './read-input.ts';

/** `ingest`: source → store → match → outbox; a running bot posts what it queues. */
export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('take listings into the archive and queue their posts')
    .argument('[files...]', 'listings as files')
    .option('--category <code>', 'or the listing of this archive or category')
    .option('--date <date>', 'of this date (default: the latest)', isoDate)
    .action(async (files: string[], options: { category?: string; date?: string }, command: Command) => {
      if (files.length > 0 === (options.category !== undefined)) {
        command.error('error: name listing files, or a category with --category');
      }
      // All are read before the first is saved: a bad file leaves nothing half-done.
      const fromFiles = files.map((file) => ({
        listing: parseListing(readInput(file), { name: file }),
        declared: null,
      }));
      const foundation = await openFoundation(readEnvironment(process.env));
      try {
        const { category } = options;
        const readings = category === undefined ? fromFiles : [await fetchListing(foundation, category, options.date)];
        for (const { listing, declared } of readings) printJson(await announce(listing, declared, foundation));
      } finally {
        await foundation.store.close();
      }
    });
}

type ReadDay = { readonly listing: Listing; readonly declared: number | null };

async function fetchListing(foundation: Foundation, archive: string, asked?: string): Promise<ReadDay> {
  const date = asked ?? foundation.announcementsUntil(foundation.clock.now(), true).at(-1);
  if (date === undefined) throw new AppError('no-listing', 'ingest: no announcement is due yet; name one with --date');
  const reading = await foundation.readListing(archive, date);
  if (reading.listing) return reading;
  const hint = foundation.isDemo
    ? 'without DISCORD_TOKEN only the listings in seeds/ are there; name their date with --date'
    : 'try again later';
  throw new AppError('no-listing', `ingest: there is no listing of ${archive} for ${date} yet; ${hint}`);
}
