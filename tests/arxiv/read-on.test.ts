import { describe, expect, it } from 'vitest';
import type { ListingPage } from '../../src/arxiv/join-pages.ts';
import { readOn } from '../../src/arxiv/read-on.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import { aListing, anEntry } from '../builders/domain.ts';

/** A page of `count` new papers, numbered from `first` on, of a day with `total`. */
function page(first: number, count: number, total: number | null): ListingPage {
  const entries = Array.from({ length: count }, (_, index) => anEntry({ id: String(first + index) }));
  const sections = [{ kind: 'new' as const, shown: count, total: total ?? count, parsed: count }];
  const complete = total === count;
  return { listing: aListing(entries, { archive: 'math', date: '2011-02-03', sections, complete }), total };
}

/** Reads on behind `first` from `pages`, remembering what was asked and what was logged. */
async function readingOn(first: ListingPage, readNext: (page: number, skip: number) => ListingPage | Promise<never>) {
  const asked: [number, number][] = [];
  const warnings: string[] = [];
  const whole = await readOn(
    first,
    async (number, skip) => {
      asked.push([number, skip]);
      return readNext(number, skip);
    },
    { ...createLog('silent'), warn: (_fields, message) => warnings.push(message) },
  );
  return { listing: whole.listing, asked, warnings };
}

describe('readOn', () => {
  it('asks page after page, each from where the one before ended', async () => {
    const rest = (_page: number, skip: number) => page(skip, Math.min(2000, 4500 - skip), 4500);
    const { listing, asked, warnings } = await readingOn(page(0, 2000, 4500), rest);
    expect(asked).toEqual([
      [2, 2000],
      [3, 4000],
    ]);
    expect(listing).toMatchObject({ complete: true, sections: [{ parsed: 4500 }] });
    expect(warnings).toEqual([]);
  });

  it('asks for nothing behind a page that is not full, whatever its total, nor behind one without a total', async () => {
    for (const first of [page(0, 1999, 3000), page(0, 2000, null)]) {
      expect((await readingOn(first, (_page, skip) => page(skip, 1, 3000))).asked).toEqual([]);
    }
  });

  it('stops behind a page that is full and the last', async () => {
    const { listing, asked } = await readingOn(page(0, 2000, 2000), () => page(2000, 1, 2000));
    expect(asked).toEqual([]);
    expect(listing.complete).toBe(true);
  });

  it('keeps what it read where a later page fails, and says why', async () => {
    const failing = (number: number, skip: number) =>
      number === 2
        ? page(skip, 2000, 4500)
        : Promise.reject(new AppError('arxiv-unavailable', 'arxiv: GET /x answered 503'));
    const { listing, warnings } = await readingOn(page(0, 2000, 4500), failing);
    expect(listing).toMatchObject({ complete: false, sections: [{ parsed: 4000 }] });
    expect(warnings).toEqual([
      'arxiv: read 4000 of the 4500 entries of math for 2011-02-03: arxiv: GET /x answered 503',
    ]);
  });

  it('stops at a page that repeats what is known', async () => {
    const { listing, asked, warnings } = await readingOn(page(0, 2000, 4000), () => page(0, 2000, 4000));
    expect(asked).toEqual([[2, 2000]]);
    expect(listing).toMatchObject({ complete: false, sections: [{ parsed: 2000 }] });
    expect(warnings).toEqual(['arxiv: read 2000 of the 4000 entries of math for 2011-02-03: page 2 adds none']);
  });

  it('reads ten pages at most', async () => {
    const endless = (_page: number, skip: number) => page(skip, 2000, 900_000);
    const { listing, asked, warnings } = await readingOn(page(0, 2000, 900_000), endless);
    expect(asked).toHaveLength(9);
    expect(listing.complete).toBe(false);
    expect(warnings).toEqual([
      'arxiv: read 20000 of the 900000 entries of math for 2011-02-03: no more than 10 pages are read',
    ]);
  });

  it.each(['arxiv-refused', 'arxiv-stopped'])('passes %s on: nothing more may be asked', async (code) => {
    const failing = () => Promise.reject(new AppError(code, 'no more'));
    await expect(readingOn(page(0, 2000, 4500), failing)).rejects.toMatchObject({ code });
  });

  it('passes a bug on', async () => {
    const reading = readingOn(page(0, 2000, 4500), () => Promise.reject(new TypeError('a bug')));
    await expect(reading).rejects.toThrow('a bug');
  });
});
