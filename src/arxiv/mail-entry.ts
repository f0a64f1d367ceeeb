import type { Entry } from '../domain/listing.ts';
import { saysAuthorsLeftOut } from './author-limit.ts';
import { splitAuthors } from './author-list.ts';
import { canonicalCategory } from './category-alias.ts';
import { canonicalId } from './identifier.ts';
import { oneLine, paragraphs } from './plain-text.ts';
import { remedy } from './text-blocks.ts';
import { quote } from './unreadable.ts';
import type { Line } from './text-lines.ts';
import type { Complain } from './unreadable.ts';
import { saysWithdrawn } from './withdrawn.ts';

/** The lines of one entry behind its opening `\\`: those above its title, its fields, its abstract (null without one), and its last line. */
export type MailBlock = {
  readonly head: readonly Line[];
  readonly fields: readonly Line[];
  readonly abstract: readonly Line[] | null;
  readonly end: Line;
};

/** A last line: `\\ ( https://arxiv.org/abs/2306.04713 ,  14kb)`. */
export const entryEnd = /^\\\\ \( (https?:\/\/(?:[a-z]+\.)?arxiv\.org\/abs\/\S+) ,\s+\d+kb\)$/;

/**
 * Reads one entry of a daily mail.
 *
 * A replacement marked as cross-listing is `replace-cross`; a source of type I in its size, or its comment, says that a paper is withdrawn.
 *
 * @throws AppError with the line when identifier, marker, a field that must be there or the end is missing or damaged
 */
export function readMailEntry(block: MailBlock, complain: Complain): Entry {
  const [idLine, announcement, ...others] = block.head;
  const [, identifier, marker] = /^arXiv:(\S+)(?: (\(\*cross-listing\*\)))?$/.exec(idLine?.text ?? '') ?? [];
  const id = canonicalId(identifier ?? '');
  if (idLine === undefined || id === null) {
    throw complain(idLine?.number ?? block.end.number, `${quote(idLine?.text ?? '')} opens no entry; ${remedy}`);
  }
  const [, word, flags] =
    /^(replaced with|Date(?: \([^()]*\))?:) .*\(\d+kb(?:,([A-Z]*))?\)$/.exec(announcement?.text ?? '') ?? [];
  if (announcement === undefined || word === undefined || others.length > 0) {
    const stray = others[0] ?? announcement ?? idLine;
    throw complain(stray.number, `${quote(stray.text)} does not say when ${id} was submitted or replaced; ${remedy}`);
  }
  if (canonicalId(entryEnd.exec(block.end.text)?.[1] ?? '') !== id) {
    throw complain(block.end.number, `${quote(block.end.text)} is not the end of ${id}; ${remedy}`);
  }
  const isReplacement = word === 'replaced with';
  if (block.abstract === null && !isReplacement) throw complain(idLine.number, `${id} has no abstract; ${remedy}`);

  const fields = fieldsOf(block.fields, complain);
  const needed = (name: string): string => {
    const text = fields.get(name) ?? '';
    if (text === '') throw complain(idLine.number, `${id} has no “${name}:”; ${remedy}`);
    return text;
  };
  const categories = [...new Set(needed('Categories').split(' ').map(canonicalCategory))];
  const [primary = ''] = categories;
  if (!categories.every((code) => /^[a-z-]+(?:\.[A-Za-z-]+)?$/.test(code))) {
    throw complain(idLine.number, `${id} has the categories ${quote(categories.join(' '))}, which are none; ${remedy}`);
  }
  const isCross = marker !== undefined;
  const comments = fields.get('Comments') ?? null;
  return {
    id,
    version: null,
    kind: isReplacement ? (isCross ? 'replace-cross' : 'replace') : isCross ? 'cross' : 'new',
    crossFrom: isCross && !isReplacement ? primary : null,
    title: needed('Title'),
    authors: splitAuthors(needed('Authors')),
    authorsTruncated: saysAuthorsLeftOut(needed('Authors')),
    abstract: block.abstract === null ? null : paragraphs(block.abstract.map(({ text }) => text).join('\n')),
    categories,
    primary,
    comments,
    journalRef: fields.get('Journal-ref') ?? null,
    doi: fields.get('DOI') ?? null,
    withdrawn: saysWithdrawn(comments) || (flags ?? '').includes('I'),
    formats: [],
  };
}

/** `Title: …` by name; lines that go on begin with two blanks. arXiv may add names that we do not know. */
function fieldsOf(lines: readonly Line[], complain: Complain): ReadonlyMap<string, string> {
  const fields = new Map<string, string[]>();
  let open: string[] | null = null;
  for (const line of lines) {
    const [, name, text] = /^([A-Z][A-Za-z-]*):(?: (.*))?$/.exec(line.text) ?? [];
    if (open !== null && line.text.startsWith('  ')) {
      open.push(line.text);
    } else if (name !== undefined && !fields.has(name)) {
      open = [text ?? ''];
      fields.set(name, open);
    } else {
      throw complain(line.number, `${quote(line.text)} is no field of an entry; ${remedy}`);
    }
  }
  return new Map([...fields].map(([name, texts]) => [name, oneLine(texts.join(' ')) ?? '']));
}
