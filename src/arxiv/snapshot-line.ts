import { paperLineSchema } from '../domain/paper.ts';
import type { Paper } from '../domain/paper.ts';
import type { DatedPaper } from '../domain/ports.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { splitAuthors } from './author-list.ts';
import { announcementOfSubmission } from './calendar.ts';
import { canonicalCategories } from './canonical-categories.ts';
import { parseId } from './identifier.ts';
import { oneLine, paragraphs } from './plain-text.ts';
import { parseMailDate } from './source-date.ts';
import { categories as taxonomy } from './taxonomy.ts';
import { saysWithdrawn } from './withdrawn.ts';

/**
 * One line of a snapshot in JSON Lines, or in one clause why it cannot be used. Fields: those of `paperLineSchema`, or those of the snapshot
 * that arXiv has on Kaggle (`authors_parsed`, `categories` in one text, `versions`, `update_date`). Others are ignored.
 *
 * Without a day of announcement, that of the first version's submission is estimated. An identifier of arXiv becomes canonical, its version
 * that of the paper; what is no category of arXiv's (snapshots list classes of MSC and ACM too) is left out where others are.
 *
 * @param holidays ISO dates without an announcement
 */
export function parseSnapshotLine(line: string, holidays: readonly string[]): Result<DatedPaper, string> {
  const read = readObject(line);
  if (!read.ok) return read;
  const { value } = read;
  if (typeof value['id'] === 'number')
    return err(`id ${value['id']} is a number; identifiers are texts, for 0912.5000 is not 912.5`);
  const parsed = paperLineSchema.safeParse(isOfKaggle(value) ? fromKaggle(value) : value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return err(`${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'cannot be used'}`);
  }
  const { paper, date } = parsed.data;
  const announced = date ?? estimated(value, holidays);
  if (announced === null) return err('neither announced, date nor versions tells its day');
  const tidied = tidy(paper);
  return tidied.title === '' ? err('title: expected a text that is not empty') : ok({ paper: tidied, announced });
}

type JsonObject = Readonly<Record<string, unknown>>;

function readObject(line: string): Result<JsonObject, string> {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? ok(value) : err('expected an object, {"id", "title", …}');
  } catch (error) {
    if (error instanceof SyntaxError) return err('it is not JSON');
    throw error;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfKaggle(value: JsonObject): boolean {
  return typeof value['authors'] === 'string' || typeof value['categories'] === 'string';
}

function fromKaggle(value: JsonObject): JsonObject {
  const { authors, authors_parsed: parsedAuthors, categories, versions } = value;
  return {
    ...value,
    authors: Array.isArray(parsedAuthors)
      ? parsedAuthors.map(toName)
      : splitAuthors(typeof authors === 'string' ? authors : ''),
    categories: typeof categories === 'string' ? categories.split(/\s+/).filter((code) => code !== '') : categories,
    version: Array.isArray(versions) && versions.length > 0 ? versions.length : null,
  };
}

/** `["Balázs", "C.", "Jr."]`: family name, given names, suffix, affiliations. */
function toName(parts: unknown): unknown {
  if (!Array.isArray(parts)) return parts;
  const [family = '', given = '', suffix = ''] = parts.map(String);
  return [given, family, suffix].filter((part) => part !== '').join(' ');
}

function estimated({ versions, update_date: updated }: JsonObject, holidays: readonly string[]): string | null {
  const first: unknown = Array.isArray(versions) ? versions[0] : undefined;
  const submittedAt = isObject(first) ? parseMailDate(String(first['created'])) : null;
  if (submittedAt !== null) return announcementOfSubmission(submittedAt, holidays);
  return typeof updated === 'string' && /^\d{4}-\d\d-\d\d$/.test(updated) ? updated : null;
}

function tidy(paper: Paper): Paper {
  const { id, version } = isPlainId(paper.id) ? { id: paper.id, version: null } : readId(paper.id);
  const codes = paper.categories.filter((code) => taxonomy.has(code.toLowerCase()));
  const categories = canonicalCategories(codes.length > 0 ? codes : paper.categories);
  const primary = canonicalCategories([paper.primary])[0] ?? '';
  return {
    ...paper,
    id,
    version: paper.version ?? version,
    title: hasLayout(paper.title) ? (oneLine(paper.title) ?? '') : paper.title,
    abstract: paper.abstract !== null && hasLayout(paper.abstract) ? paragraphs(paper.abstract.trim()) : paper.abstract,
    categories,
    primary: categories.includes(primary) ? primary : (categories[0] ?? primary),
    comments: hasLayout(paper.comments ?? '') ? oneLine(paper.comments) : paper.comments,
    withdrawn: saysWithdrawn(paper.comments),
  };
}

function isPlainId(id: string): boolean {
  return /^\d{4}\.\d{4,5}$/.test(id);
}

/** Identifiers that are not arXiv's stay as they are: other archives have papers too. */
function readId(id: string): { id: string; version: number | null } {
  return parseId(id) ?? { id, version: null };
}

/** Broken over lines, or indented. */
function hasLayout(text: string): boolean {
  return text.includes('\n') || text.startsWith(' ') || text.endsWith(' ');
}
