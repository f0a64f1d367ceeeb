import { splitGluedAuthors } from './glued-authors.ts';
import { canonicalId } from './identifier.ts';
import { pageEntry } from './page-entry.ts';
import type { PageEntry } from './page-entry.ts';
import { parseMarker } from './sections.ts';
import { parseSubjects } from './subjects.ts';
import type { TextBlock } from './text-blocks.ts';
import { remedy } from './text-blocks.ts';
import { quote } from './unreadable.ts';
import { parseFieldLine } from './text-lines.ts';
import type { Complain } from './unreadable.ts';

/**
 * Reads one entry of the text rendering.
 *
 * @throws AppError with the line when marker, title or subjects are missing or damaged
 */
export function readTextEntry(block: TextBlock, complain: Complain): PageEntry {
  const { marker, line } = block;
  const name = `entry [${marker.position}]`;
  const id = canonicalId(marker.identifier);
  if (id === null) throw complain(line, `${quote(marker.identifier)} of ${name} is no arXiv identifier`);
  const announced = parseMarker(marker.note);
  if (announced === null)
    throw complain(line, `${name} is marked ${quote(marker.note)}, neither replaced nor cross-list`);

  // The dash of the marker's list item is left alone on a line of its own.
  const [fieldLine, ...paragraphs] = block.content.slice(block.content[0]?.text === '-' ? 1 : 0);
  if (fieldLine === undefined || !fieldLine.text.startsWith('Title:')) {
    throw complain(fieldLine?.number ?? line, `${name} has no “Title:”; ${remedy}`);
  }
  const fields = parseFieldLine(fieldLine.text);
  const subjects = fields === null ? null : parseSubjects(fields.subjects);
  if (fields === null || subjects === null) {
    throw complain(fieldLine.number, `${name} has no whole “Subjects: … (code)”; ${remedy}`);
  }

  const abstract = paragraphs.map((paragraph) => paragraph.text).join('\n\n');
  const { title, authors } = splitGluedAuthors(fields.title, abstract);
  return pageEntry({
    id,
    ...announced,
    title,
    authors,
    abstract: abstract === '' ? null : abstract,
    subjects,
    comments: fields.comments,
    journalRef: fields.journalRef,
    formats: marker.formats,
  });
}
