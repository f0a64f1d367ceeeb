import { paperFields } from '../domain/match.ts';
import type { PaperField } from '../domain/match.ts';
import type { QueryError } from '../domain/search.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { allOf, anyOf } from './ast.ts';
import type { QueryNode } from './ast.ts';
import { leafOf } from './leaf.ts';
import { lexQuery } from './lex.ts';
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
  const tokens = lexed.value;
  const first = tokens[0];
  if (first === undefined || first.kind === 'end') {
    return err({ column: 1, message: `Found nothing; expected ${operand}.` });
  }
  return parseTokens(tokens);
}

/**
 * Recursive descent, one function a rule. Each returns null once something failed; the first failure is the one reported.
 * ```
 * or   := and (("OR" | "|") and)*
 * and  := not ("AND"? not)*
 * not  := ("NOT" | "-") not | item
 * item := field? (word | quoted | "(" or ")")
 * ```
 */
function parseTokens(tokens: readonly QueryToken[]): Result<QueryNode, QueryError> {
  let next = 0;
  let words = 0;
  let depth = 0;
  let failure: QueryError | null = null;
  const negations = new Map<QueryNode, QueryToken>();

  const end: QueryToken = { kind: 'end', text: '', column: 1 };
  const peek = (): QueryToken => tokens[next] ?? tokens.at(-1) ?? end;
  const take = (): QueryToken => {
    const token = peek();
    next += 1;
    return token;
  };
  const fail = (token: QueryToken, expected: string): null => {
    failure ??= { column: token.column, message: `Found ${show(token)}; expected ${expected}.` };
    return null;
  };

  function parseOr(field: PaperField | null): QueryNode | null {
    const first = parseAnd(field);
    if (first === null) return null;
    const others: QueryNode[] = [];
    while (peek().kind === 'or') {
      take();
      const other = parseAnd(field);
      if (other === null) return null;
      others.push(other);
    }
    return anyOf(first, ...others);
  }

  function parseAnd(field: PaperField | null): QueryNode | null {
    const first = parseNot(field);
    if (first === null) return null;
    const others: QueryNode[] = [];
    while (!['or', 'close', 'end'].includes(peek().kind)) {
      if (peek().kind === 'and') take();
      const other = parseNot(field);
      if (other === null) return null;
      others.push(other);
    }
    return allOf(first, ...others);
  }

  function parseNot(field: PaperField | null): QueryNode | null {
    if (peek().kind !== 'not') return parseItem(field);
    const sign = take();
    return deeper(sign, () => {
      const child = parseNot(field);
      if (child === null) return null;
      const node: QueryNode = { kind: 'not', child };
      negations.set(node, sign);
      return node;
    });
  }

  function parseItem(outer: PaperField | null): QueryNode | null {
    const named = peek().kind === 'field' ? take() : null;
    if (named !== null && outer !== null) return fail(named, `no field inside ${outer}:`);
    const field = named?.field ?? outer;
    const token = take();
    switch (token.kind) {
      case 'word':
      case 'quoted':
        return parseLeaf(token, field);
      case 'open':
        return deeper(token, () => {
          const inside = parseOr(field);
          if (inside === null) return null;
          if (peek().kind === 'close') {
            take();
            return inside;
          }
          return fail(token, 'a closing parenthesis for it before the end');
        });
      default:
        return fail(token, named === null ? operand : `after ${named.text} a word, a "quoted phrase" or a parenthesis`);
    }
  }

  function parseLeaf(token: QueryToken, field: PaperField | null): QueryNode | null {
    if (token.kind === 'word' && token.text.slice(0, -1).includes('*')) {
      return fail(token, 'a * only after the letters of a word, as in molec*');
    }
    const isText = field === null || field === 'title' || field === 'abstract' || field === 'comments';
    if (isText && token.kind === 'word' && /^\p{L}+:[^\s/]/u.test(token.text)) {
      return fail(token, `one of the fields ${paperFields.join(': ')}: or quotes around words with a colon`);
    }
    const leaf = leafOf(token.text, field);
    if (!leaf.ok) return fail(token, leaf.error);
    words += leaf.value.kind === 'term' ? leaf.value.phrase.length : 1;
    if (words > maxQueryWords) return fail(token, `at most ${maxQueryWords} words in a query`);
    return leaf.value;
  }

  function deeper(token: QueryToken, parse: () => QueryNode | null): QueryNode | null {
    depth += 1;
    if (depth > maxQueryDepth)
      return fail(token, `at most ${maxQueryDepth} parentheses and negations inside one another`);
    const node = parse();
    depth -= 1;
    return node;
  }

  const query = parseOr(null);
  if (query !== null && peek().kind === 'close') fail(peek(), 'an opening parenthesis before it');
  if (query === null || failure !== null)
    return err(failure ?? { column: 1, message: `Found nothing; expected ${operand}.` });
  const lone = loneExclusion(query);
  if (lone === null) return ok(query);
  const column = negations.get(lone)?.column ?? 1;
  return err({ column, message: 'Found only something to exclude; expected something to look for beside it.' });
}

/** A piece of a query as an error quotes it: short, whatever was typed. */
function show(token: QueryToken): string {
  if (token.kind === 'end') return 'the end of the query';
  if (token.text.trim() === '') return 'empty quotes';
  const characters = Array.from(token.text);
  const text = characters.length > 30 ? `${characters.slice(0, 30).join('')}…` : token.text;
  return token.kind === 'quoted' ? `the quotes “${text}”` : `“${text}”`;
}
