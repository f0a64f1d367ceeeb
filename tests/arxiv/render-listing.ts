import type { Entry, Listing } from '../../src/domain/listing.ts';
import { subjectNames } from './listing-arbitrary.ts';
import { author, listingPage, sectionsHtml } from './listing-html.ts';
import { mailText } from './mail-text.ts';
import type { MailedPaper } from './mail-text.ts';

/** A listing as arXiv's page `/list/<archive>/new` prints it. */
export function htmlOf({ archive, date, entries, sections }: Listing): string {
  let position = 1;
  const content = sections.map(({ kind, shown, total, parsed }) => {
    const from = position;
    position += parsed;
    const own = entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => ({
        id: entry.id,
        note: noteOf(entry),
        title: escaped(entry.title),
        authors: entry.authors.map((name) => author(escaped(name))).join(', '),
        ...(entry.comments === null ? {} : { comments: escaped(entry.comments) }),
        ...(entry.journalRef === null ? {} : { journalRef: escaped(entry.journalRef) }),
        subjects: subjectsOf(entry).replace(/^([^;]*)/, '<span class="primary-subject">$1</span>'),
        abstract: entry.abstract === null ? '' : escaped(entry.abstract).replaceAll('\n\n', '\n<br>'),
        html: entry.formats.includes('html'),
        other: entry.formats.includes('other'),
      }));
    return sectionsHtml([{ title: `${titles[kind]} (showing ${shown} of ${total} entries)`, entries: own }], from);
  });
  return listingPage(content.join('\n'), { archive, total: entries.length, day: longDate(date) });
}

/** The same as a text extractor leaves it, section titles above their entries. */
export function textOf({ date, entries, sections }: Listing): string {
  let position = 1;
  const parts = sections.map(({ kind, shown, total }) => {
    const own = entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => {
        const marker = `- [${position++}] arXiv:${entry.id}${noteOf(entry).replace(/^(?=.)/, ' ')} [${entry.formats.join(', ')}]`;
        const comments = entry.comments === null ? '' : `Comments: ${entry.comments}`;
        const journalRef = entry.journalRef === null ? '' : `Journal-ref: ${entry.journalRef}`;
        const paragraphs = (entry.abstract ?? '').replaceAll('\n\n', '\n');
        return `${marker}\n-\nTitle: ${entry.title}${comments}${journalRef}Subjects: ${subjectsOf(entry)}\n${paragraphs}`;
      });
    return [`${titles[kind]} (showing ${shown} of ${total} entries)`, ...own].join('\n');
  });
  const head = `See recent articles\nShowing new listings for ${longDate(date)}\nTotal of ${entries.length} entries`;
  return [head, ...parts, `Total of ${entries.length} entries`, ''].join('\n');
}

/** The same as a daily mail. */
export function mailOf({ archive, date, entries }: Listing): string {
  const evening = Temporal.PlainDate.from(date)
    .subtract({ days: 1 })
    .toZonedDateTime({ timeZone: 'America/New_York', plainTime: '20:31' });
  const of = (kind: string) => entries.filter((entry) => entry.kind.startsWith(kind)).map(mailed);
  const [news, cross, replace] = [of('new'), of('cross'), of('replace')];
  return mailText({
    subject: `${archive} daily ${news.length} new + ${cross.length || ''} crosses received`,
    date: new Date(evening.epochMilliseconds).toUTCString().replace(/ 20(\d\d) /, ' $1 '),
    window: 'Tue  1 Feb 11 19:00:00 GMT  to  Wed  2 Feb 11 19:00:00 GMT',
    new: news,
    cross,
    replace,
  });
}

const titles: Readonly<Record<string, string>> = {
  new: 'New submissions',
  cross: 'Cross submissions',
  replace: 'Replacement submissions',
};

function noteOf({ kind, crossFrom }: Entry): string {
  if (kind === 'new') return '';
  return kind === 'cross' ? `(cross-list from ${crossFrom})` : '(replaced)';
}

function subjectsOf({ categories }: Entry): string {
  return categories.map((code) => `${subjectNames.get(code)} (${code})`).join('; ');
}

function mailed(entry: Entry): MailedPaper {
  const fields: [string, string][] = [];
  if (entry.comments !== null) fields.push(['Comments', entry.comments]);
  if (entry.journalRef !== null) fields.push(['Journal-ref', entry.journalRef]);
  if (entry.doi !== null) fields.push(['DOI', entry.doi]);
  return {
    id: entry.id,
    isCross: entry.kind === 'cross' || entry.kind === 'replace-cross',
    title: entry.title,
    authors: entry.authors.join(', '),
    categories: entry.categories.join(' '),
    fields,
    abstract: entry.abstract?.split('\n\n') ?? null,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function longDate(date: string): string {
  const day = Temporal.PlainDate.from(date);
  const weekday = day.toLocaleString('en-GB', { weekday: 'long' });
  return `${weekday}, ${day.day} ${day.toLocaleString('en-GB', { month: 'long' })} ${day.year}`;
}
