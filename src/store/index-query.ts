import type { AuthorNode, CategoryNode, LeafNode, QueryNode, TermNode, TextField } from '../query/ast.ts';
import type { WordPattern } from '../text/phrase.ts';
import { stem } from '../text/stem.ts';
import { opaqueWord } from './index-row.ts';
import type { IndexColumn } from './index-row.ts';

/** A query as both full-text indexes understand it: words in columns, and what must, may and must not be there. */
export type IndexQuery =
  | { readonly kind: 'everything' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly IndexQuery[] }
  | { readonly kind: 'except'; readonly selected: IndexQuery; readonly excluded: IndexQuery }
  | IndexPhrase;

/** Words that stand together in one of the columns; of the last only the beginning, where `isPrefix`. */
export type IndexPhrase = {
  readonly kind: 'phrase';
  readonly columns: readonly IndexColumn[];
  readonly words: readonly string[];
  readonly isPrefix: boolean;
};

/** `exact` false: it finds all papers that the query matches and perhaps others, which the evaluator has to sort out. */
export type Translated = { readonly query: IndexQuery; readonly exact: boolean };

const everything: Translated = { query: { kind: 'everything' }, exact: true };

/** Parentheses inside one another: FTS5's parser keeps a stack of 100 symbols, three for each of them (2026-11-22: it took 31). */
const deepest = 24;

/**
 * Translates a query. Everything is exact but a person's name of several words (all of them must be one author's), a phrase that
 * mixes stems with unstemmed words (the index keeps the two apart), and what is nested deeper than FTS5 can follow.
 */
export function toIndexQuery(node: QueryNode): Translated {
  return translate(node, 0);
}

/** @param depth parentheses that stand around it */
function translate(node: QueryNode, depth: number): Translated {
  if (depth > deepest) return { ...everything, exact: false };
  switch (node.kind) {
    case 'and':
      return conjunction(node.children, depth);
    case 'or':
      return joined(
        'or',
        node.children.map((child) => translate(child, depth + 1)),
      );
    case 'not':
      return node.child.kind === 'not' ? translate(node.child.child, depth) : conjunction([node], depth);
    default:
      return leafQuery(node);
  }
}

/** FTS5 only knows "this, but not that", so what excludes is gathered behind what selects. */
function conjunction(children: readonly QueryNode[], depth: number): Translated {
  const selecting: Translated[] = [];
  const excluding: Translated[] = [];
  for (const child of children) {
    if (child.kind === 'not' && child.child.kind !== 'not') excluding.push(translate(child.child, depth + 2));
    else selecting.push(translate(child, depth + 2));
  }
  const selected = selecting.length > 0 ? joined('and', selecting) : everything;
  // Papers found by an inexact query may not match what it stands for: excluding them would lose some.
  const excluded = excluding.filter(({ exact }) => exact);
  const exact = selected.exact && excluded.length === excluding.length;
  if (excluded.length === 0) return { query: selected.query, exact };
  return { query: { kind: 'except', selected: selected.query, excluded: joined('or', excluded).query }, exact };
}

function leafQuery(leaf: LeafNode): Translated {
  switch (leaf.kind) {
    case 'term':
      return termQuery(leaf);
    case 'author':
      return authorQuery(leaf);
    case 'category':
      return { query: categoryQuery(leaf), exact: true };
    default:
      return { query: phrase(['ids'], [opaqueWord(leaf.id)], leaf.prefix), exact: true };
  }
}

const columnNames = { title: 'title', abstract: 'abstract', comments: 'comment' } as const satisfies Record<
  TextField,
  string
>;

function termQuery({ field, phrase: patterns }: TermNode): Translated {
  const names = (field === null ? (['title', 'abstract'] as const) : [field]).map((each) => columnNames[each]);

  const stems = patterns.flatMap((pattern) => (pattern.by === 'stem' ? [pattern.stem] : []));
  if (stems.length === patterns.length) {
    const columns = names.map((name) => `${name}_stems` as const);
    return { query: phrase(columns, stems), exact: true };
  }
  const words = patterns.flatMap((pattern) => (pattern.by === 'stem' ? [] : unstemmed(pattern)));
  const isWhole = words.length === patterns.length && words.slice(0, -1).every(({ isPrefix }) => !isPrefix);
  if (isWhole) {
    const columns = names.map((name) => `${name}_words` as const);
    const texts = words.map(({ text }) => text);
    return { query: phrase(columns, texts, words.at(-1)?.isPrefix), exact: true };
  }

  // Mixed: the stems must stand together, and each unstemmed word somewhere in the same field.
  const runs = runsOf(
    patterns.map((pattern) => {
      if (pattern.by === 'prefix') return null;
      return pattern.by === 'stem' ? pattern.stem : stem(pattern.folded);
    }),
  );
  const perField = names.map((name): Translated => {
    const together = runs.map((run) => phrase([`${name}_stems`], run));
    const there = words.map(({ text, isPrefix }) => phrase([`${name}_words`], [text], isPrefix));
    return { query: { kind: 'and', parts: [...together, ...there] }, exact: false };
  });
  return joined('or', perField);
}

function unstemmed(pattern: Exclude<WordPattern, { by: 'stem' }>): { text: string; isPrefix: boolean } {
  return pattern.by === 'exact' ? { text: pattern.folded, isPrefix: false } : { text: pattern.prefix, isPrefix: true };
}

/** Words without a gap between them; null is a gap. */
function runsOf(words: readonly (string | null)[]): string[][] {
  const runs: string[][] = [[]];
  for (const word of words) {
    if (word === null) runs.push([]);
    else runs.at(-1)?.push(word);
  }
  return runs.filter((run) => run.length > 0);
}

/** Each word somewhere among the authors, as `matchesAuthor` compares them; whether in one name, and in order, is left open. */
function authorQuery({ name, prefix }: AuthorNode): Translated {
  const words = name.map((word, index): IndexQuery => {
    const isInitial = word.length === 1;
    if (index === name.length - 1) return phrase(['authors'], [word], isInitial || prefix);
    if (isInitial) return phrase(['authors'], [word], true);
    return { kind: 'or', parts: [phrase(['authors'], [word]), phrase(['authors'], [word.slice(0, 1)])] };
  });
  return { query: { kind: 'and', parts: words }, exact: words.length === 1 };
}

function categoryQuery({ pattern }: CategoryNode): IndexQuery {
  const code = opaqueWord(pattern.code);
  switch (pattern.reach) {
    case 'code':
      return phrase(['categories'], [code]);
    case 'archive': {
      const below = phrase(['categories'], [opaqueWord(`${pattern.code}.`)], true);
      return { kind: 'or', parts: [phrase(['categories'], [code]), below] };
    }
    default:
      return phrase(['categories'], [code], true);
  }
}

function joined(kind: 'and' | 'or', parts: readonly Translated[]): Translated {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return { query: { kind, parts: parts.map(({ query }) => query) }, exact: parts.every(({ exact }) => exact) };
}

function phrase(columns: readonly IndexColumn[], words: readonly string[], isPrefix = false): IndexPhrase {
  return { kind: 'phrase', columns, words, isPrefix };
}
