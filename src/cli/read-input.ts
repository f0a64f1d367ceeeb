import { readFileSync } from 'node:fs';
import { parseListing } from '../arxiv/parse-listing.ts';
import { announcedPapers, listingSchema } from '../domain/listing.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import { paperLineSchema } from '../domain/paper.ts';
import { AppError, messageOf } from '../lib/errors.ts';

/** The bytes of a file that the user named. */
export function readInput(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('unreadable-file', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** The text of a file that the user named. */
export function readTextInput(path: string): string {
  return new TextDecoder().decode(readInput(path));
}

/**
 * Papers of a file, as announced there: a raw listing in any format that `parse` reads, Listing JSON, or JSON Lines of papers.
 *
 * @throws AppError that names file and line
 */
export function readPapers(path: string): AnnouncedPaper[] {
  const bytes = readInput(path);
  const text = new TextDecoder().decode(bytes);
  if (!text.trimStart().startsWith('{')) return announcedPapers(parseListing(bytes, { name: path }));
  const listing = parseJson(text);
  if (listing !== undefined && typeof listing === 'object' && listing !== null && 'entries' in listing) {
    const parsed = listingSchema.safeParse(listing);
    if (!parsed.success) throw badJson(path, parsed.error.issues);
    return announcedPapers(parsed.data);
  }
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readPaperLine(line, `${path}:${index + 1}`)]));
}

function readPaperLine(line: string, place: string): AnnouncedPaper {
  const value = parseJson(line);
  if (value === undefined)
    throw new AppError('unreadable-file', `${place} is not JSON: expected one paper, {"id", "title", …}, a line`);
  const parsed = paperLineSchema.safeParse(value);
  if (!parsed.success) throw badJson(place, parsed.error.issues);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function badJson(place: string, issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  const [issue] = issues;
  return new AppError(
    'unreadable-file',
    `${place}: ${issue?.path.join('.') || 'the value'}: ${issue?.message ?? 'cannot be used'}`,
  );
}
