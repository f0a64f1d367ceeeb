import type { Listing, ListingSection } from '../domain/listing.ts';
import { textBoundExceeded } from './page-bounds.ts';
import { parsePageDate } from './page-date.ts';
import { isWhole } from './sections.ts';
import { archiveNamed } from './subjects.ts';
import { remedy, runsOf, textParts } from './text-blocks.ts';
import { quote } from './unreadable.ts';
import type { TextPart } from './text-blocks.ts';
import { readTextEntry } from './text-entry.ts';
import type { PageEntry } from './page-entry.ts';
import { linesOf, longestLine } from './text-lines.ts';
import type { Line } from './text-lines.ts';
import type { Complain } from './unreadable.ts';

const dateHeading = 'Showing new listings for ';

/**
 * Reads arXiv's listing page as a text extractor left it: every field of an entry glued into one line, section titles above or below
 * their entries, the last one perhaps lost (then the markers alone tell the kind, and `complete` is null). Where nothing follows the
 * last entry, it is not proven whole, and neither is the listing.
 *
 * @param options.archive what the listing is of, where the caller knows; else told from heading and subjects
 * @throws AppError with the line, for what is no such listing and for one that breaks off
 */
export function parseTextListing(text: string, options: { complain: Complain; archive?: string }): Listing {
  const { complain } = options;
  const exceeded = textBoundExceeded(text);
  if (exceeded !== null) throw complain(null, `this has ${exceeded}, which no listing of arXiv's has`);
  const lines = linesOf(text);
  const tooLong = lines.find((line) => line.text.length > longestLine);
  if (tooLong !== undefined) {
    throw complain(
      tooLong.number,
      `${quote(tooLong.text)} has ${tooLong.text.length} characters, which no line of arXiv's has`,
    );
  }
  const dateIndex = lines.findIndex((line) => line.text.startsWith(dateHeading));
  const dateLine = lines[dateIndex];
  if (dateLine === undefined) {
    throw complain(
      lines[0]?.number ?? null,
      `expected arXiv's “${dateHeading}…” and found none, so this is no listing in arXiv's text form`,
    );
  }
  const date = parsePageDate(dateLine.text.slice(dateHeading.length));
  if (date === null) throw complain(dateLine.number, `${quote(dateLine.text)} names no day that there was`);

  const body = lines.slice(dateIndex + 1);
  const { parts, total, endsInEntry } = textParts(body, complain);
  const read = parts.map((part) => part.blocks.map((block) => readTextEntry(block, complain)));
  const entries = read.flat();
  const isEmptyDay = parts.length === 0 && total === null && body.some((line) => line.text === 'No updates today.');
  if (entries.length === 0 && !isEmptyDay) {
    throw complain(dateLine.number, `holds no entry and does not say “No updates today.”; ${remedy}`);
  }
  const archive = options.archive ?? archiveOf(lines.slice(0, dateIndex), entries);
  if (archive === null) {
    throw complain(
      lines[0]?.number ?? null,
      `${quote(lines[0]?.text ?? '')} is the name of none, or more than one, of its subjects, so the category cannot be told`,
    );
  }
  const sections = parts.flatMap((part, index) => sectionsOf(part, read[index] ?? [], complain));
  // Entries are numbered from 1 on (see below), so up to the last section, the replacements, none is missing.
  const all = total ?? (sections.at(-1)?.kind === 'replace' ? entries.length : null);
  const listed = entries.map((one) => one.entry);
  const counted = isEmptyDay || isWhole(listed, sections, all);
  // A last paragraph may be missing without a trace; the page prints its total below its lists too.
  const complete = endsInEntry && counted === true ? null : counted;
  if (endsInEntry) checkEnd(text, parts, entries, complain);
  // A gap in a section that declares its count is already told by the count.
  if (complete !== false) checkPositions(parts, complain);
  return { source: 'text', archive, date, complete, sections, entries: listed };
}

function archiveOf(headings: readonly Line[], entries: readonly PageEntry[]): string | null {
  const subjects = entries.map((one) => one.subjects);
  const names = new Set(subjects.flat().map((subject) => subject.name));
  const named = [...new Set(headings.map((line) => line.text).filter((text) => names.has(text)))];
  return named.map((text) => archiveNamed(text, subjects)).find((archive) => archive !== null) ?? null;
}

/** One section for a titled part, whose entries must all be marked as its title says; for an untitled one, a section a run of kinds. */
function sectionsOf(part: TextPart, entries: readonly PageEntry[], complain: Complain): readonly ListingSection[] {
  const { title } = part;
  if (title === null) {
    return runsOf(entries.map((one) => one.entry.kind)).map((run) => ({
      kind: run.kind,
      shown: null,
      total: null,
      parsed: run.parsed,
    }));
  }
  const stray = entries.findIndex((one) => one.entry.kind !== title.kind);
  const block = part.blocks[stray];
  if (block !== undefined) {
    throw complain(
      block.line,
      `entry [${block.marker.position}] is marked ${quote(block.marker.note || 'new')} but stands in the section of line ${title.line}, of another kind; ${remedy}`,
    );
  }
  return [{ kind: title.kind, shown: title.shown, total: title.total, parsed: entries.length }];
}

/** Entries are numbered from 1 without a gap, across sections. */
function checkPositions(parts: readonly TextPart[], complain: Complain): void {
  for (const [index, block] of parts.flatMap((part) => part.blocks).entries()) {
    if (block.marker.position !== index + 1) {
      throw complain(block.line, `found entry [${block.marker.position}] where [${index + 1}] was due; ${remedy}`);
    }
  }
}

/**
 * Where nothing follows the last entry, it must look whole: with an abstract that ends a sentence, an address or a line.
 * Of 40,000 abstracts of 2025, 0.7 % end in a letter; ending the line saves them.
 */
function checkEnd(text: string, parts: readonly TextPart[], entries: readonly PageEntry[], complain: Complain): void {
  const block = parts.at(-1)?.blocks.at(-1);
  const abstract = entries.at(-1)?.entry.abstract ?? null;
  if (block === undefined) return;
  const name = `the last entry, [${block.marker.position}],`;
  const line = block.content.at(-1)?.number ?? block.line;
  if (abstract === null) throw complain(line, `${name} has no abstract; ${remedy}`);
  const lastWord = abstract.slice(abstract.lastIndexOf(' ') + 1);
  if (text.endsWith('\n') || /[.!?…][)\]"'”’]*$|[/@]|URL$/.test(lastWord)) return;
  throw complain(line, `${name} breaks off at “…${abstract.slice(-30)}”; ${remedy}`);
}
