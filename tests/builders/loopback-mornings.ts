import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { announcedAtMs, announcementsUntil } from '../../src/arxiv/calendar.ts';
import type { Occasion } from '../../src/domain/delivery.ts';
import { catchUpDay, listingDay } from '../arxiv/day-text.ts';
import { catchUpPage, errorPage, listingPage, sectionsHtml } from '../arxiv/listing-html.ts';
import type { PageEntry } from '../arxiv/listing-html.ts';

/** A paper in one listing of one morning, and what whoever wants it is promised by that. */
export type Announcement = {
  readonly date: string;
  /** Whose listing it is. */
  readonly category: string;
  readonly paper: string;
  /** All it is filed under; the primary one first. */
  readonly categories: readonly string[];
  readonly topic: string;
  readonly occasion: Occasion;
};

/** An arXiv on the loopback where one morning after another comes out, each when it is told to. */
export type LoopbackMornings = {
  readonly url: string;
  /** Brings out the next morning; epoch milliseconds a few minutes after. */
  next(): number;
  /** ISO dates that are out, oldest first. */
  dates(): readonly string[];
  announcements(): readonly Announcement[];
  close(): void;
};

export const categories = ['cs.DC', 'cs.NI', 'cs.PF', 'cs.OS', 'cs.DB'] as const;
const topics = ['gossip', 'caching', 'consensus', 'scheduling'] as const;

/** New papers of a category a morning. One is crossed into the next category, and one of the morning before comes again, replaced. */
const newPapers = 4;

const firstDay = '2025-05-20';

/** How long after the announcement somebody looks. */
const afterMs = 10 * 60_000;

/** Starts it, with nothing out yet. All that comes is the same in every run. */
export async function startLoopbackMornings(): Promise<LoopbackMornings> {
  const ahead = announcementsUntil(Date.parse('2027-01-01'), { after: firstDay, holidays: [] });
  const out: string[] = [];
  const all: Announcement[] = [];

  const server = createServer((request, response) => {
    const [, kind, category = '', day] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? [];
    const latest = out.at(-1);
    const date = kind === 'list' ? latest : day;
    const announced = all.filter((one) => one.category === category && one.date === date);
    if (date === undefined || announced.length === 0) return answer(response, 404, errorPage('404'));
    answer(response, 200, kind === 'list' ? listing(category, date, announced) : catchUp(category, date, announced));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback arXiv listens on no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    next: () => {
      const date = ahead[out.length];
      if (date === undefined) throw new Error('the loopback arXiv has no more mornings');
      all.push(...morning(out.length, date));
      out.push(date);
      return announcedAtMs(date) + afterMs;
    },
    dates: () => out,
    announcements: () => all,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

/** All listings of the `number`th morning, from 0. */
function morning(number: number, date: string): Announcement[] {
  return categories.flatMap((category, place) => {
    const before = (place + categories.length - 1) % categories.length;
    const fresh = Array.from({ length: newPapers }, (_, at) => paperAt(number, place, at));
    const crossed = paperAt(number, before, 0);
    const replaced = number === 0 ? [] : [paperAt(number - 1, place, number % newPapers)];
    return [
      ...[...fresh, crossed].map((paper) => ({ ...paper, date, category, occasion: 'first' as const })),
      ...replaced.map((paper) => ({ ...paper, date, category, occasion: `replace:${date}` as const })),
    ];
  });
}

function paperAt(
  morningNumber: number,
  place: number,
  at: number,
): Omit<Announcement, 'date' | 'category' | 'occasion'> {
  const number = (morningNumber * categories.length + place) * newPapers + at;
  const [primary, next] = [place, place + 1].map((index) => categories[index % categories.length] ?? '');
  return {
    paper: `2505.${String(10_000 + number)}`,
    categories: at === 0 ? [primary ?? '', next ?? ''] : [primary ?? ''],
    topic: topics[number % topics.length] ?? '',
  };
}

function listing(category: string, date: string, announced: readonly Announcement[]): string {
  return listingPage(body(announced), { archive: category, day: listingDay(date), total: announced.length });
}

function catchUp(category: string, date: string, announced: readonly Announcement[]): string {
  const day = catchUpDay(date);
  // The builder's page is of mathematics.
  return catchUpPage(body(announced), { day, total: announced.length }).replaceAll(
    '/catchup/math/',
    `/catchup/${category}/`,
  );
}

function body(announced: readonly Announcement[]): string {
  const isNew = (one: Announcement) => one.occasion === 'first' && one.categories[0] === one.category;
  const isCross = (one: Announcement) => one.occasion === 'first' && !isNew(one);
  const sections = [
    { word: 'New', entries: announced.filter(isNew), note: () => '' },
    {
      word: 'Cross',
      entries: announced.filter(isCross),
      note: (one: Announcement) => `(cross-list from ${one.categories[0]})`,
    },
    {
      word: 'Replacement',
      entries: announced.filter(({ occasion }) => occasion !== 'first'),
      note: () => '(replaced)',
    },
  ].filter(({ entries }) => entries.length > 0);
  return sectionsHtml(
    sections.map(({ word, entries, note }) => ({
      title: `${word} submissions (showing ${entries.length} of ${entries.length} entries)`,
      entries: entries.map((one) => entry(one, note(one))),
    })),
  );
}

function entry({ paper, topic, categories: [primary, ...others] }: Announcement, note: string): PageEntry {
  const rest = others.map((category) => `; Something (${category})`).join('');
  return {
    id: paper,
    note,
    title: `On ${topic}, part ${paper}`,
    subjects: `<span class="primary-subject">Something (${primary})</span>${rest}`,
    abstract: `We study ${topic} once more.`,
  };
}
