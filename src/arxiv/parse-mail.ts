import type { Entry, Listing, ListingSection } from '../domain/listing.ts';
import { entryEnd, readMailEntry } from './mail-entry.ts';
import { readMailHeader } from './mail-header.ts';
import type { MailHeader } from './mail-header.ts';
import { textBoundExceeded } from './page-bounds.ts';
import { isWhole } from './sections.ts';
import type { PageKind } from './sections.ts';
import { remedy } from './text-blocks.ts';
import { quote } from './unreadable.ts';
import type { Line } from './text-lines.ts';
import type { Complain } from './unreadable.ts';

/**
 * Reads the mail that arXiv sends of an archive's or a category's day.
 *
 * Its subject declares new and crossed papers at best, replacements never: a mail that holds what it declares is of `complete: null`.
 * Its line of `%%%---` is what shows that it is not cut.
 *
 * @param options.archive what the mail is of, for one without its subject
 * @throws AppError with the line, for what is no such mail and for one that breaks off
 */
export function parseMail(text: string, options: { complain: Complain; archive?: string }): Listing {
  const { complain } = options;
  const exceeded = textBoundExceeded(text);
  if (exceeded !== null) throw complain(null, `this has ${exceeded}, which no mail of arXiv's has`);
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ number: index + 1, text: line.trimEnd() }));
  const start = lines.findIndex((line) => line.text === opening || separatorOf(line.text) !== null);
  if (start < 0) throw complain(null, 'expected the entries of a daily mail of arXiv and found none');
  const header = readMailHeader(lines.slice(0, start), options.archive, complain);
  const entries = readEntries(lines, start, complain);
  if (entries.length === 0) throw complain(start + 1, `the mail has no entries; ${remedy}`);
  const sections = sectionsOf(header, entries);
  const complete = isWhole(entries, sections, null);
  return { source: 'mail', archive: header.archive, date: header.date, complete, sections, entries };
}

const opening = '\\\\';

type Separator = Extract<PageKind, 'cross' | 'replace'> | 'end';

/** Lines across the page that open the cross-lists and the replacements, or end the mail. */
function separatorOf(text: string): Separator | null {
  if (/^(?:%-){30,}$/.test(text)) return 'cross';
  if (/^(?:%%--){15,}%{0,2}-{0,2}$/.test(text)) return 'replace';
  return /^(?:%%%---){10,}$/.test(text) ? 'end' : null;
}

/** From `start` to the mail's end. Sections come as new, cross, replace; every entry must be marked as its section is. */
function readEntries(lines: readonly Line[], start: number, complain: Complain): readonly Entry[] {
  const order = ['new', 'cross', 'replace', 'end'];
  const entries: Entry[] = [];
  let section: PageKind = 'new';
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.text === '' || /^-{70,}$/.test(line.text)) continue;
    const separator = separatorOf(line.text);
    if (separator === 'end') return entries;
    if (separator !== null && order.indexOf(separator) > order.indexOf(section)) {
      section = separator;
      continue;
    }
    if (line.text !== opening) {
      throw complain(line.number, `${quote(line.text)} stands between two entries and opens none; ${remedy}`);
    }
    const block = blockAt(lines, index + 1, complain);
    const entry = readMailEntry(block, complain);
    if (entry.kind.replace('replace-cross', 'replace') !== section) {
      throw complain(line.number, `${entry.id} is marked as ${entry.kind} among the ${section} entries; ${remedy}`);
    }
    entries.push(entry);
    index = block.end.number - 1;
  }
  throw complain(lines.length, 'the mail breaks off: the line of “%%%---” at its end is missing; fetch it again');
}

/** An entry's lines: those above its title, its fields, and behind `\\` its abstract, up to the line with its address. */
function blockAt(lines: readonly Line[], start: number, complain: Complain) {
  let endIndex = start;
  while (endIndex < lines.length && !entryEnd.test(lines[endIndex]?.text ?? '')) endIndex += 1;
  const end = lines[endIndex];
  if (end === undefined) throw complain(start, 'the mail breaks off in this entry; fetch it again');
  const inside = lines.slice(start, endIndex);
  const blank = inside.findIndex((line) => line.text === '');
  const head = blank < 0 ? inside : inside.slice(0, blank);
  const below = inside.slice(head.length + 1);
  const middle = below.findIndex((line) => line.text === opening);
  return middle < 0
    ? { head, fields: below, abstract: null, end }
    : { head, fields: below.slice(0, middle), abstract: below.slice(middle + 1), end };
}

/** As on arXiv's page a section without papers is left out, unless the subject declares some. */
function sectionsOf({ declared }: MailHeader, entries: readonly Entry[]): readonly ListingSection[] {
  return (['new', 'cross', 'replace', 'replace-cross'] as const).flatMap((kind) => {
    const parsed = entries.filter((entry) => entry.kind === kind).length;
    const total = kind === 'new' || kind === 'cross' ? declared[kind] : null;
    return parsed === 0 && (total ?? 0) === 0 ? [] : [{ kind, shown: total, total, parsed }];
  });
}
