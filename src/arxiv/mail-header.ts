import { canonicalCategory } from './category-alias.ts';
import { announcedForWindow, announcedInMail } from './mail-date.ts';
import { quote } from './unreadable.ts';
import type { Line } from './text-lines.ts';
import type { Complain } from './unreadable.ts';

/** What a daily mail says of itself before its first entry. `new` and `cross` are how many it declares, null where it does not. */
export type MailHeader = {
  readonly archive: string;
  readonly date: string;
  readonly declared: { readonly new: number | null; readonly cross: number | null };
};

/**
 * Reads the lines above the first entry: `Date:` and `Subject:` of the mail, and the window of submissions below.
 *
 * The subject is `astro-ph daily 53 new + 4 crosses received` for an archive, without a number where there are none (`+  crosses`), or
 * `astro-ph.CO daily Subj-class mailing` for a category, which declares nothing. Replacements are never declared.
 *
 * @param archive of a mail without a subject, where the caller knows
 * @throws AppError with the line where archive or date cannot be told
 */
export function readMailHeader(lines: readonly Line[], archive: string | undefined, complain: Complain): MailHeader {
  const fields = headerFields(lines);
  const subject = fields.get('subject');
  const [, code, declaredNew, declaredCross] =
    /^([a-z-]+(?:\.[A-Za-z-]+)?) daily (?:(\d*) *new \+ *(\d*) *cross(?:es)? received|Subj-class mailing\b.*)$/.exec(
      subject?.text ?? '',
    ) ?? [];
  if (subject !== undefined && code === undefined) {
    throw complain(subject.number, `the subject ${quote(subject.text)} is none of a daily mail of arXiv's`);
  }
  const listed = code === undefined ? archive : canonicalCategory(code);
  if (listed === undefined) {
    throw complain(lines[0]?.number ?? null, 'the mail has no “Subject:”, so its archive or category cannot be told');
  }
  return {
    archive: listed,
    date: dateOf(fields.get('date'), lines, complain),
    declared: { new: countOf(declaredNew), cross: countOf(declaredCross) },
  };
}

/** The mail's own date is believed first: it knows of holidays. It cannot come before what the window ends with. */
function dateOf(dateLine: Line | undefined, lines: readonly Line[], complain: Complain): string {
  const windowLine = lines.find((line) => /^ ?received from /.test(line.text));
  const due = windowLine === undefined ? null : announcedForWindow(windowLine.text);
  if (windowLine !== undefined && due === null) {
    throw complain(windowLine.number, `${quote(windowLine.text)} names no time that there was`);
  }
  if (dateLine === undefined) {
    if (due !== null) return due;
    throw complain(lines[0]?.number ?? null, 'the mail has neither “Date:” nor “received from … to …”');
  }
  const date = announcedInMail(dateLine.text);
  if (date === null) throw complain(dateLine.number, `${quote(dateLine.text)} is no time that there was`);
  if (due !== null && date < due) {
    throw complain(dateLine.number, `the mail is of ${date} but brings what was due on ${due}; fetch it again`);
  }
  return date;
}

/** The fields of the mail's own header by small name, a folded one in one line. Empty where the file begins below it. */
function headerFields(lines: readonly Line[]): ReadonlyMap<string, Line> {
  const fields = new Map<string, Line>();
  let name: string | null = null;
  for (const line of lines) {
    const [, newName, value] = /^([A-Za-z][A-Za-z0-9-]*):(.*)$/.exec(line.text) ?? [];
    const open: Line | undefined = name === null ? undefined : fields.get(name);
    if (newName !== undefined && value !== undefined) {
      name = newName.toLowerCase();
      if (!fields.has(name)) fields.set(name, { number: line.number, text: value.trim() });
    } else if (/^[ \t]+\S/.test(line.text) && name !== null && open !== undefined) {
      fields.set(name, { ...open, text: `${open.text} ${line.text.trim()}` });
    } else if (!/^>?From /.test(line.text)) {
      break;
    }
  }
  return fields;
}

/** No number stands for none. */
function countOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
