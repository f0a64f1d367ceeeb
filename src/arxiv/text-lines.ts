/** A line of a source, counted from 1. */
export type Line = { readonly number: number; readonly text: string };

/** The marker that opens an entry in arXiv's text rendering: `- [8] arXiv:2505.15536 (cross-list from eess.SY) [pdf, html, other]`. */
export type EntryMarker = {
  /** Its number on the page; runs on across sections. */
  readonly position: number;
  readonly identifier: string;
  /** `(replaced)`, `(cross-list from eess.SY)` or empty. */
  readonly note: string;
  readonly formats: readonly string[];
};

/** A line holds a title with its authors, 12,705 characters at most (2026-11), or a paragraph. Longer ones are given, but not looked into. */
export const longestLine = 100_000;

const marker = String.raw`- \[(\d+)\] arXiv:(\S+)(?: (\([^()]*\)))? \[([a-z]+(?:, [a-z]+)*)\]`;
const wholeMarker = new RegExp(`^${marker}$`);
const gluedMarker = new RegExp(`^(.*\\S) (${marker})$`);

/**
 * The lines of a text without their blanks at the ends, empty ones left out.
 *
 * An extractor that joins the second paragraph of an abstract to what follows leaves the next entry's marker at the end of that line:
 * `… is an example of such a ... - [2] arXiv:2505.16139 [pdf, html, other]`. It becomes a line of its own, under the same number.
 */
export function linesOf(text: string): readonly Line[] {
  return text.split(/\r\n|\n|\r/).flatMap((raw, index) => {
    const line = raw.trim();
    const [, before, glued] = (line.length > longestLine ? null : gluedMarker.exec(line)) ?? [];
    const texts = before === undefined || glued === undefined ? [line] : [before.trim(), glued];
    return texts.filter((part) => part !== '').map((part) => ({ number: index + 1, text: part }));
  });
}

/** Null when the line is no marker, `broken` when it begins or ends like one without being it. */
export function parseEntryMarker(text: string): EntryMarker | 'broken' | null {
  const [, position, identifier, note, formats] = wholeMarker.exec(text) ?? [];
  if (position === undefined || identifier === undefined || formats === undefined) {
    return /(?:^| )- \[\d+\] arXiv:/.test(text) ? 'broken' : null;
  }
  return { position: Number(position), identifier, note: note ?? '', formats: formats.split(', ') };
}

/** The fields that stand on the line under the marker, each glued to the one before. */
export type FieldLine = {
  /** Title, with the authors glued to it where the extractor kept them. */
  readonly title: string;
  readonly comments: string | null;
  readonly journalRef: string | null;
  readonly subjects: string;
};

/**
 * Parts `Title: A TitleComments: 7 figuresJournal-ref: …Subjects: … (cs.DC)`; null when title or subjects are missing.
 * A field's name counts only where it touches what stands before it: `Toxic Comments: A Study` is a title.
 */
export function parseFieldLine(text: string): FieldLine | null {
  const [, beforeSubjects, subjects] = /^Title:\s*(\S.*)Subjects:\s*(\S.*)$/.exec(text) ?? [];
  if (beforeSubjects === undefined || subjects === undefined) return null;
  const [beforeJournal, journalRef] = splitAt(beforeSubjects, /(?<=\S)Journal-ref:\s/);
  const [title, comments] = splitAt(beforeJournal, /(?<=\S)Comments:\s/);
  return { title, comments, journalRef, subjects };
}

function splitAt(text: string, label: RegExp): readonly [string, string | null] {
  const found = label.exec(text);
  if (found === null) return [text.trim(), null];
  return [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length).trim()];
}
