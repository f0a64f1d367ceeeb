import { calendarWith } from '../../src/arxiv/calendar-with.ts';
import { catchUpDay, listingDay } from '../arxiv/day-text.ts';
import { rssFeed, rssItem } from '../arxiv/arxiv-xml.ts';
import { catchUpPage, listingPage, sectionsHtml } from '../arxiv/listing-html.ts';
import type { PageEntry } from '../arxiv/listing-html.ts';

/** What arXiv answers; null: it knows no such path. */
export type NightAnswer = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
};

export const holiday = '2025-05-26';
export const calendar = calendarWith({ holidays: [holiday], reachDays: 14 });

const minuteMs = 60_000;
const trickyDay = '2025-05-23';
const pageSize = 2_000;

/** A paper that comes out on a day: new in its primary category, crossed to the other. */
export type NightPaper = { readonly id: string; readonly categories: readonly string[]; readonly title: string };

/**
 * What comes out on a day in `cs.DC` (four papers), `cs.AI` (four, the first of them crossed to cs.DC) and `cs` (on one day 2,100, more than
 * a page and a feed hold; otherwise one). Nothing on a holiday.
 */
export function papersOf(archive: string, date: string): readonly NightPaper[] {
  if (date === holiday) return [];
  const day = date.slice(-2);
  const four = (code: string, place: number) =>
    Array.from({ length: 4 }, (_, at) => ({
      id: `2505.${day}${place}0${at}`,
      categories: code === 'cs.AI' && at === 0 ? [code, 'cs.DC'] : [code],
      title: `Paper ${at} of ${code} on ${date}`,
    }));
  if (archive === 'cs.AI') return four('cs.AI', 2);
  if (archive === 'cs.DC') return [...four('cs.DC', 1), ...four('cs.AI', 2).slice(0, 1)];
  const count = date === trickyDay ? 2_100 : 1;
  return Array.from({ length: count }, (_, at) => ({
    id: `2505.${Number(day) * 3_000 + at}`,
    categories: ['cs.LG'],
    // Three needles: at the start, at the end of the first page, and on the second.
    title: date === trickyDay && [4, 1_998, 2_050].includes(at) ? 'A needle' : 'Hay',
  }));
}

/** What arXiv answers on these nights, by its own clock. */
export function nightAnswer(path: string, nowMs: number): NightAnswer | null {
  const [, sort, archive = '', rest = ''] = /^\/(list|catchup|rss)\/([^/?]+)(.*)$/.exec(path) ?? [];
  if (sort === 'list') return listAnswer(archive, nowMs, Number(/skip=(\d+)/.exec(rest)?.[1] ?? 0));
  if (sort === 'catchup') return catchUpAnswer(archive, rest.slice(1, 11));
  return sort === 'rss' ? { body: feed(archive, nowMs) } : null;
}

/** The tricky day's page is late: yesterday's until 20:25, 503 until 20:34, half of it until 20:50. */
function listAnswer(archive: string, nowMs: number, skip: number): NightAnswer {
  const dates = calendar.announcementsUntil(nowMs - 10 * minuteMs, false).filter((date) => date !== holiday);
  const date = dates.at(-1) ?? '';
  const sinceMs = nowMs - calendar.announcedAtMs(trickyDay);
  if (date !== trickyDay || sinceMs >= 50 * minuteMs) return { body: page(archive, date, { skip }) };
  if (sinceMs < 25 * minuteMs) return { body: page(archive, '2025-05-22', { skip }) };
  if (sinceMs < 34 * minuteMs) return { status: 503, headers: { 'retry-after': '300' }, body: 'Busy.' };
  return { body: page(archive, date, { skip, upTo: 3 }) };
}

function catchUpAnswer(archive: string, date: string): NightAnswer {
  const papers = papersOf(archive, date);
  const day = catchUpDay(date);
  const content = papers.length === 0 ? `<p>No updates for ${day}.</p>` : body(archive, papers, papers);
  const html = catchUpPage(content, { total: papers.length, day });
  return { body: html.replaceAll('/catchup/math/', `/catchup/${archive}/`) };
}

/** From `skip` on; with `upTo` the page breaks its promise and has no more entries than that. */
function page(archive: string, date: string, { skip, upTo }: { skip: number; upTo?: number }): string {
  const all = papersOf(archive, date);
  const shown = all.slice(skip, skip + (upTo ?? pageSize));
  return listingPage(body(archive, shown, all), { total: all.length, archive, day: listingDay(date) });
}

/** `all`: what the whole day has, of which `shown` are on this page. */
function body(archive: string, shown: readonly NightPaper[], all: readonly NightPaper[]): string {
  const isNew = ({ categories }: NightPaper) => archive === 'cs' || categories[0] === archive;
  const isCross = (paper: NightPaper) => !isNew(paper);
  const sections = [
    { name: 'New', isIn: isNew },
    { name: 'Cross', isIn: isCross },
  ].flatMap(({ name, isIn }) => {
    const entries = shown.filter(isIn);
    if (entries.length === 0) return [];
    const title = `${name} submissions (showing ${entries.length} of ${all.filter(isIn).length} entries)`;
    return [{ title, entries: entries.map((paper) => entryOf(archive, paper)) }];
  });
  return sectionsHtml(sections);
}

function entryOf(archive: string, { id, categories, title }: NightPaper): PageEntry {
  const [primary, ...others] = categories;
  const isCross = archive !== 'cs' && primary !== archive;
  return {
    id,
    title,
    ...(isCross && { note: `(cross-list from ${primary})` }),
    subjects: `<span class="primary-subject">Name (${primary})</span>${others.map((code) => `; Name (${code})`).join('')}`,
  };
}

/** The feed of cs.AI is stale on the tricky day; that of cs is full of replacements, and so without a single new paper. */
function feed(archive: string, nowMs: number): string {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('America/New_York').toPlainDate();
  const date = today.toString();
  const published = `${catchUpDay(date)} 00:00:00 -0400`;
  const items =
    archive === 'cs' && date === trickyDay
      ? Array.from({ length: pageSize }, (_, at) =>
          rssItem({ id: `2504.${10_000 + at}v2`, type: 'replace', categories: ['cs.LG'], published }),
        )
      : papersOf(archive, archive === 'cs.AI' && date === trickyDay ? '2025-05-22' : date).map(({ id, categories }) =>
          rssItem({
            id: `${id}v1`,
            type: categories[0] === archive || archive === 'cs' ? 'new' : 'cross',
            categories,
            published,
          }),
        );
  return rssFeed(items, { title: `${archive} updates on arXiv.org`, published });
}
