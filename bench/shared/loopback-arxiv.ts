import { createServer } from 'node:http';
import { announcedAtMs, announcementsUntil } from '../../src/arxiv/calendar.ts';
import { rssFeed, rssItem } from '../../tests/arxiv/arxiv-xml.ts';
import { catchUpDay, listingDay } from '../../tests/arxiv/day-text.ts';
import { catchUpPage, errorPage, listingPage, sectionsHtml } from '../../tests/arxiv/listing-html.ts';
import { generatedListing } from './generated-listing.ts';

/** How long after its hour a listing comes out: every fifth by an hour and a half. */
export function outAfterMs(date: string): number {
  return Number(date.slice(-2)) % 5 === 0 ? 90 * 60_000 : 0;
}

export type LoopbackArxiv = {
  readonly url: string;
  /** Pages that were asked for. */
  readonly requests: readonly string[];
  close(): void;
};

/** An arXiv on this machine: cs.DC with a generated listing for every working day that `nowMs` has reached. */
export async function startLoopbackArxiv(nowMs: () => number): Promise<LoopbackArxiv> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const page = pageOf(path, nowMs());
    response
      .writeHead(page === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
      .end(page ?? errorPage('404'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback arXiv has no port');
  return { url: `http://127.0.0.1:${address.port}`, requests, close: () => server.close() };
}

function pageOf(path: string, nowMs: number): string | null {
  const after = new Date(nowMs - 10 * 86_400_000).toISOString().slice(0, 10);
  const out = announcementsUntil(nowMs, { after, holidays: [] }).filter(
    (date) => announcedAtMs(date) + outAfterMs(date) <= nowMs,
  );
  if (path === '/list/cs.DC/new') {
    const date = out.at(-1);
    if (date === undefined) return null;
    const { sections, total } = generatedListing(date);
    return listingPage(sectionsHtml(sections), { total, archive: 'cs.DC', day: listingDay(date) });
  }
  if (path === '/rss/cs.DC') return feedOf(nowMs);
  const [, date] = /^\/catchup\/cs\.DC\/(\d{4}-\d\d-\d\d)\?abs=True$/.exec(path) ?? [];
  if (date === undefined || !out.includes(date)) return null;
  const { sections, total } = generatedListing(date);
  const day = catchUpDay(date);
  return catchUpPage(sectionsHtml(sections), { total, day }).replaceAll('/catchup/math/', '/catchup/cs.DC/');
}

/** The feed of today in New York. */
function feedOf(nowMs: number): string {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('America/New_York');
  const date = today.toPlainDate().toString();
  const published = `${catchUpDay(date)} 00:00:00 ${today.offset.replace(':', '')}`;
  const isOut = today.dayOfWeek <= 5;
  const sections = isOut ? generatedListing(date).sections : [];
  const items = sections.flatMap(({ title, entries }) =>
    entries.map(({ id = '' }) => {
      const type = title.startsWith('New') ? 'new' : title.startsWith('Cross') ? 'cross' : 'replace';
      const categories = type === 'cross' ? ['cs.LG', 'cs.DC'] : ['cs.DC'];
      return rssItem({ id: `${id}v1`, type, categories, published });
    }),
  );
  return rssFeed(items, { title: 'cs.DC updates on arXiv.org', published });
}
