import { paperFields } from '../domain/match.ts';
import type { PaperField } from '../domain/match.ts';
import type { QueryError } from '../domain/search.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';

/** Characters of the longest query: as many as a text field of a Discord form takes. */
export const maxQueryLength = 4000;

/** A piece of a query. `text` as written, without the quotes; `column` counts code points from 1. */
export type QueryToken = {
  readonly kind: 'word' | 'quoted' | 'field' | 'open' | 'close' | 'and' | 'or' | 'not' | 'end';
  readonly text: string;
  readonly column: number;
  /** Of a `field` only. */
  readonly field?: PaperField;
};

/** Straight, curly, low, angle and full-width: keyboards and phones choose for people. */
const quotes = /["“”„‟«»＂]/u;
const space = /\s/u;
/** Hyphen, minus sign and en dash, which phones make of a hyphen. */
const minus = /[-−–]/u;
const endsWord = /[\s"“”„‟«»＂()|]/u;
const field = new RegExp(`^(${paperFields.join('|')}):`, 'i');
/** Controls, bidirectional and zero-width characters, lone surrogates: nobody sees them, so nobody can have meant them. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}]/u;

const operators: Readonly<Record<string, 'and' | 'or' | 'not'>> = { AND: 'and', OR: 'or', NOT: 'not' };

/** Cuts a query into pieces; the last is always `end`. One pass, linear in the length. */
export function lexQuery(text: string): Result<QueryToken[], QueryError> {
  // One more code point than allowed is enough to tell, however long the text is.
  const characters = Array.from(text.slice(0, 2 * (maxQueryLength + 1)));
  if (characters.length > maxQueryLength) {
    return err({
      column: maxQueryLength + 1,
      message: `Found more than ${maxQueryLength} characters; expected a shorter query.`,
    });
  }
  const hidden = characters.findIndex((character) => invisible.test(character) && !space.test(character));
  if (hidden !== -1) {
    return err({
      column: hidden + 1,
      message: `Found the invisible character ${codePointName(characters[hidden])}; expected letters, digits and visible signs only.`,
    });
  }
  const tokens: QueryToken[] = [];
  let position = 0;
  while (position < characters.length) {
    const character = characters[position] ?? '';
    const column = position + 1;
    if (space.test(character)) {
      position += 1;
    } else if (quotes.test(character)) {
      const closing = indexOf(characters, quotes, position + 1);
      if (closing === characters.length) {
        return err({ column, message: `Found an opening quote ${character} only; expected a closing quote after it.` });
      }
      tokens.push({ kind: 'quoted', text: characters.slice(position + 1, closing).join(''), column });
      position = closing + 1;
    } else if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close', text: character, column });
      position += 1;
    } else if (character === '|') {
      // `||` is what programmers type.
      const length = characters[position + 1] === '|' ? 2 : 1;
      tokens.push({ kind: 'or', text: '|'.repeat(length), column });
      position += length;
    } else if (minus.test(character) && !space.test(characters[position + 1] ?? ' ')) {
      tokens.push({ kind: 'not', text: character, column });
      position += 1;
    } else {
      const token = wordAt(characters, position);
      tokens.push(token);
      position += Array.from(token.text).length;
    }
  }
  tokens.push({ kind: 'end', text: '', column: characters.length + 1 });
  return ok(tokens);
}

/** The run of characters that begins at `position`: a field with its colon, an operator, or a word. */
function wordAt(characters: readonly string[], position: number): QueryToken {
  const column = position + 1;
  const text = characters.slice(position, indexOf(characters, endsWord, position)).join('');
  const named = field.exec(text);
  if (named !== null) {
    const name = paperFields.find((candidate) => candidate === named[1]?.toLowerCase());
    if (name !== undefined) return { kind: 'field', text: named[0], column, field: name };
  }
  const operator = Object.hasOwn(operators, text) ? operators[text] : undefined;
  return { kind: operator ?? 'word', text, column };
}

/** The first index from `start` on whose character is of the class; the length where none is. */
function indexOf(characters: readonly string[], characterClass: RegExp, start: number): number {
  let index = start;
  while (index < characters.length && !characterClass.test(characters[index] ?? '')) index += 1;
  return index;
}

function codePointName(character: string | undefined): string {
  const hex = (character?.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${hex.padStart(4, '0')}`;
}
