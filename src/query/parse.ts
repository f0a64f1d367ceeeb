import { paperFields } from '../domain/match.ts';
import type { PaperField } from '../domain/match.ts';
import type { QueryError } from '../domain/search.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { allOf, anyOf } from './ast.ts';
import type { QueryNode } from './ast.ts';
import { leafOf } from './leaf.ts';
import { columnAt, lexQuery } from './lex.ts';
import type { QueryToken } from './lex.ts';
import { loneExclusion } from './lone-exclusion.ts';

/** Words of the largest query, each word of a phrase counted. */
export const maxQueryWords = 500;
/** Parentheses and negations inside one another; it also bounds the recursion of all that walks a query. */
export const maxQueryDepth = 50;

const operand = 'a word, a "quoted phrase", a field such as title: or an opening parenthesis';

/**
 * Reads a query. An empty one is an error: who treats "no query" as a wish of its own asks first.
 *
 * The error says in one sentence what was found at the column and what was expected. Time and memory are linear in the text,
 * which is refused above `maxQueryLength` characters, `maxQueryWords` words or `maxQueryDepth` levels.
 */
export function parseQuery(text: string): Result<QueryNode, QueryError> {
  const lexed = lexQuery(text);
  if (!lexed.ok) return lexed;
  const reading: Reading = { tokens: lexed.value, next: 0, words: 0, depth: 0, failure: null, negations: [] };
  const query = peek(reading).kind === 'end' ? null : parseOr(reading, null);
  if (query !== null && peek(reading).kind === 'close')
    fail(reading, peek(reading), 'an opening parenthesis before it');
  if (reading.failure !== null) {
    const { token, message } = reading.failure;
    return err({ column: columnAt(text, token.start), message });
  }
  if (query === null) return err({ column: 1, message: `Found nothing; expected ${operand}.` });
  const lone = reading.negations.length === 0 ? null : loneExclusion(query);
  if (lone === null) return ok(query);
  const column = columnAt(text, reading.negations.find(({ node }) => node === lone)?.sign.start ?? 0);
  return err({ column, message: 'Found only something to exclude; expected something to look for beside it.' });
}

/** How far the reading of a query has come. */
type Reading = {
  readonly tokens: readonly QueryToken[];
  next: number;
  words: number;
  depth: number;
  failure: { readonly token: QueryToken; readonly message: string } | null;
  readonly negations: { readonly node: QueryNode; readonly sign: QueryToken }[];
};

/*
 * Recursive descent, one function a rule. Each returns null once something failed; the first failure is the one reported.
 *
 *   or   := and (("OR" | "|") and)*
 *   and  := not ("AND"? not)*
 *   not  := ("NOT" | "-") not | item
 *   item := field? (word | quoted | "(" or ")")
 */

function parseOr(reading: Reading, field: PaperField | null): QueryNode | null {
  const first = parseAnd(reading, field);
  if (first === null || peek(reading).kind !== 'or') return first;
  const others: QueryNode[] = [];
  while (peek(reading).kind === 'or') {
    take(reading);
    const other = parseAnd(reading, field);
    if (other === null) return null;
    others.push(other);
  }
  return anyOf(first, ...others);
}

function parseAnd(reading: Reading, field: PaperField | null): QueryNode | null {
  const first = parseNot(reading, field);
  if (first === null || endsAnd(peek(reading))) return first;
  const others: QueryNode[] = [];
  while (!endsAnd(peek(reading))) {
    if (peek(reading).kind === 'and') take(reading);
    const other = parseNot(reading, field);
    if (other === null) return null;
    others.push(other);
  }
  return allOf(first, ...others);
}

function endsAnd({ kind }: QueryToken): boolean {
  return kind === 'or' || kind === 'close' || kind === 'end';
}

function parseNot(reading: Reading, field: PaperField | null): QueryNode | null {
  if (peek(reading).kind !== 'not') return parseItem(reading, field);
  const sign = take(reading);
  return deeper(reading, sign, () => {
    const child = parseNot(reading, field);
    if (child === null) return null;
    const node: QueryNode = { kind: 'not', child };
    reading.negations.push({ node, sign });
    return node;
  });
}

function parseItem(reading: Reading, outer: PaperField | null): QueryNode | null {
  const named = peek(reading).kind === 'field' ? take(reading) : null;
  if (named !== null && outer !== null) return fail(reading, named, `no field inside ${outer}:`);
  const field = named?.field ?? outer;
  const token = take(reading);
  switch (token.kind) {
    case 'word':
    case 'quoted':
      return parseLeaf(reading, token, field);
    case 'open':
      return deeper(reading, token, () => {
        const inside = parseOr(reading, field);
        if (inside === null) return null;
        if (peek(reading).kind !== 'close') {
          return fail(reading, token, 'a closing parenthesis for it before the end');
        }
        take(reading);
        return inside;
      });
    default:
      return fail(
        reading,
        token,
        named === null ? operand : `after ${named.text} a word, a "quoted phrase" or a parenthesis`,
      );
  }
}

function parseLeaf(reading: Reading, token: QueryToken, field: PaperField | null): QueryNode | null {
  const { kind, text } = token;
  if (kind === 'word' && text.includes('*') && text.indexOf('*') < text.length - 1) {
    return fail(reading, token, 'a * only after the letters of a word, as in molec*');
  }
  const isText = field === null || field === 'title' || field === 'abstract' || field === 'comments';
  if (isText && kind === 'word' && text.includes(':') && /^\p{L}+:[^\s/]/u.test(text)) {
    return fail(reading, token, `one of the fields ${paperFields.join(': ')}: or quotes around words with a colon`);
  }
  const leaf = leafOf(text, field);
  if (!leaf.ok) return fail(reading, token, leaf.error);
  reading.words += leaf.value.kind === 'term' ? leaf.value.phrase.length : 1;
  if (reading.words > maxQueryWords) return fail(reading, token, `at most ${maxQueryWords} words in a query`);
  return leaf.value;
}

function deeper(reading: Reading, token: QueryToken, parse: () => QueryNode | null): QueryNode | null {
  reading.depth += 1;
  if (reading.depth > maxQueryDepth) {
    return fail(reading, token, `at most ${maxQueryDepth} parentheses and negations inside one another`);
  }
  const node = parse();
  reading.depth -= 1;
  return node;
}

const end: QueryToken = { kind: 'end', text: '', start: 0 };

function peek({ tokens, next }: Reading): QueryToken {
  return tokens[next] ?? tokens.at(-1) ?? end;
}

function take(reading: Reading): QueryToken {
  const token = peek(reading);
  reading.next += 1;
  return token;
}

function fail(reading: Reading, token: QueryToken, expected: string): null {
  reading.failure ??= { token, message: `Found ${show(token)}; expected ${expected}.` };
  return null;
}

/** A piece of a query as an error quotes it: short, whatever was typed. */
function show(token: QueryToken): string {
  if (token.kind === 'end') return 'the end of the query';
  if (token.text.trim() === '') return 'empty quotes';
  // A line break would make several lines of the sentence.
  const characters = Array.from(token.text.replaceAll(/\s+/g, ' '));
  const text = `${characters.slice(0, 30).join('')}${characters.length > 30 ? '…' : ''}`;
  return token.kind === 'quoted' ? `the quotes “${text}”` : `“${text}”`;
}
