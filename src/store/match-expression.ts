import type { AuthorNode, CategoryNode, LeafNode, QueryNode, TermNode, TextField } from '../query/ast.ts';
import type { WordPattern } from '../text/phrase.ts';
import { stem } from '../text/stem.ts';
import { everyPaper, opaqueWord } from './index-row.ts';

/**
 * A query as an FTS5 expression over `paper_index`.
 * `exact` false: it finds all papers the query matches and perhaps others, which the evaluator has to sort out.
 */
export type MatchExpression = { readonly match: string; readonly exact: boolean };

const everything: MatchExpression = { match: column('categories', everyPaper), exact: true };

/** Parentheses inside one another: FTS5's parser keeps a stack of 100 symbols, three for each of them (2026-11-22: it took 31). */
const deepest = 24;

/**
 * Translates a query. Everything is exact but a person's name of several words (all of them must be one author's), a phrase that
 * mixes stems with unstemmed words (the index keeps the two apart), and what is nested deeper than FTS5 can follow.
 *
 * Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function toMatchExpression(node: QueryNode): MatchExpression {
  return translate(node, 0);
}

/** @param depth parentheses that stand around it */
function translate(node: QueryNode, depth: number): MatchExpression {
  if (depth > deepest) return { ...everything, exact: false };
  switch (node.kind) {
    case 'and':
      return conjunction(node.children, depth);
    case 'or':
      return joined(
        node.children.map((child) => translate(child, depth + 1)),
        'OR',
      );
    case 'not':
      return node.child.kind === 'not' ? translate(node.child.child, depth) : conjunction([node], depth);
    default:
      return leafExpression(node);
  }
}

/** FTS5 only knows "this, but not that", so what excludes is gathered behind what selects. */
function conjunction(children: readonly QueryNode[], depth: number): MatchExpression {
  const selecting: MatchExpression[] = [];
  const excluding: MatchExpression[] = [];
  for (const child of children) {
    if (child.kind === 'not' && child.child.kind !== 'not') excluding.push(translate(child.child, depth + 2));
    else selecting.push(translate(child, depth + 2));
  }
  const selected = selecting.length > 0 ? joined(selecting, 'AND') : everything;
  // Papers found by an inexact expression may not match what it stands for: excluding them would lose some.
  const excluded = excluding.filter(({ exact }) => exact);
  const exact = selected.exact && excluded.length === excluding.length;
  if (excluded.length === 0) return { match: selected.match, exact };
  return { match: `(${selected.match} NOT ${joined(excluded, 'OR').match})`, exact };
}

function leafExpression(leaf: LeafNode): MatchExpression {
  switch (leaf.kind) {
    case 'term':
      return termExpression(leaf);
    case 'author':
      return authorExpression(leaf);
    case 'category':
      return { match: categoryMatch(leaf), exact: true };
    default:
      return { match: column('ids', opaqueWord(leaf.id), leaf.prefix), exact: true };
  }
}

const columnNames: Readonly<Record<TextField, string>> = { title: 'title', abstract: 'abstract', comments: 'comment' };

function termExpression({ field, phrase }: TermNode): MatchExpression {
  const fields = field === null ? (['title', 'abstract'] as const) : [field];
  const stemColumns = fields.map((name) => `${columnNames[name]}_stems`);
  const wordColumns = fields.map((name) => `${columnNames[name]}_words`);

  if (phrase.every((pattern) => pattern.by === 'stem')) {
    const text = phrase.map((pattern) => pattern.stem).join(' ');
    return { match: `{${stemColumns.join(' ')}} : ${quoted(text)}`, exact: true };
  }
  const words = phrase.flatMap((pattern) => (pattern.by === 'stem' ? [] : unstemmed(pattern)));
  const isWhole = words.length === phrase.length && words.slice(0, -1).every(({ isPrefix }) => !isPrefix);
  if (isWhole) {
    const text = words.map((word) => word.text).join(' ');
    return { match: `{${wordColumns.join(' ')}} : ${quoted(text, words.at(-1)?.isPrefix)}`, exact: true };
  }

  // Mixed: the stems must stand together, and each unstemmed word somewhere in the same field.
  const perField = fields.map((name) => {
    const stems = phrase.map((pattern) => {
      if (pattern.by === 'prefix') return null;
      return pattern.by === 'stem' ? pattern.stem : stem(pattern.folded);
    });
    const runs = runsOf(stems).map((run) => column(`${columnNames[name]}_stems`, run));
    const wordsThere = words.map(({ text, isPrefix }) => column(`${columnNames[name]}_words`, text, isPrefix));
    return { match: `(${[...runs, ...wordsThere].join(' AND ')})`, exact: false };
  });
  return joined(perField, 'OR');
}

function unstemmed(pattern: Exclude<WordPattern, { by: 'stem' }>): { text: string; isPrefix: boolean } {
  return pattern.by === 'exact' ? { text: pattern.folded, isPrefix: false } : { text: pattern.prefix, isPrefix: true };
}

/** Words without a gap between them, joined by blanks; null is a gap. */
function runsOf(words: readonly (string | null)[]): string[] {
  return words
    .map((word) => word ?? '\n')
    .join(' ')
    .split('\n')
    .map((run) => run.trim())
    .filter((run) => run !== '');
}

/** Each word somewhere among the authors, as `matchesAuthor` compares them; whether in one name, and in order, is left open. */
function authorExpression({ name, prefix }: AuthorNode): MatchExpression {
  const words = name.map((word, index) => {
    const isInitial = word.length === 1;
    if (index === name.length - 1) return column('authors', word, isInitial || prefix);
    if (isInitial) return column('authors', word, true);
    return `(${column('authors', word)} OR ${column('authors', word.slice(0, 1))})`;
  });
  return { match: `(${words.join(' AND ')})`, exact: words.length === 1 };
}

function categoryMatch({ pattern }: CategoryNode): string {
  const code = opaqueWord(pattern.code);
  switch (pattern.reach) {
    case 'code':
      return column('categories', code);
    case 'archive':
      return `(${column('categories', code)} OR ${column('categories', opaqueWord(`${pattern.code}.`), true)})`;
    default:
      return column('categories', code, true);
  }
}

function joined(parts: readonly MatchExpression[], operator: 'AND' | 'OR'): MatchExpression {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    match: `(${parts.map(({ match }) => match).join(` ${operator} `)})`,
    exact: parts.every(({ exact }) => exact),
  };
}

function column(name: string, text: string, isPrefix = false): string {
  return `${name} : ${quoted(text, isPrefix)}`;
}

/** Our words hold letters and digits only; a quote is doubled all the same, so that no text can leave its quotes. */
function quoted(text: string, isPrefix = false): string {
  return `"${text.replaceAll('"', '""')}"${isPrefix ? ' *' : ''}`;
}
