import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseListing } from '../arxiv/parse-listing.ts';
import type { ListingReading } from '../domain/listing.ts';

const seedsFolder = new URL('../../seeds/', import.meta.url);

/** The example subscriptions of the demo. */
export const seedSubscriptionsPath = fileURLToPath(new URL('subscriptions.yaml', seedsFolder));

/** A real listing that comes with Paperboy: its archive and its ISO date, both in the file's name. */
type Seed = { readonly archive: string; readonly date: string; readonly file: string };

/** The listings in `seeds/`, oldest first. */
export function seeds(): Seed[] {
  return readdirSync(seedsFolder)
    .flatMap((file) => {
      const [, archive, date] = /^(.+)-(\d{4}-\d{2}-\d{2})\.txt$/.exec(file) ?? [];
      return archive && date ? [{ archive, date, file }] : [];
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** The demo's source: the listings in `seeds/`, and nothing for any other day. arXiv is never asked. */
export async function readSeedListing(archive: string, date: string): Promise<ListingReading> {
  const url = new URL(`${archive}-${date}.txt`, seedsFolder);
  if (!existsSync(url)) return { listing: null, shown: null };
  return { listing: parseListing(readFileSync(url), { name: fileURLToPath(url) }), declared: null };
}
