import type { PaperField } from '../domain/match.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { WordPattern } from '../text/phrase.ts';
import { tokenize } from '../text/tokens.ts';
import type { Token } from '../text/tokens.ts';
import type { LeafNode } from './ast.ts';
import { parseAuthorName } from './author-name.ts';
import { parseCategoryPattern } from './category-pattern.ts';

/** Most texts need no blank taken away. */
const isSpaced = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The leaf that a word or a quoted text means in a field; the error is what was expected of it.
 *
 * @param written without quotes; a `*` at its end makes its last word a prefix
 */
export function leafOf(written: string, field: PaperField | null): Result<LeafNode, string> {
  const text = isSpaced.test(written) ? written : written.trim().replaceAll(/\s+/g, ' ');
  switch (field) {
    case 'cat': {
      const pattern = parseCategoryPattern(text);
      if (pattern === null) return err('a category such as cs.LG, cs.* or hep-th');
      return ok({ kind: 'category', text, pattern });
    }
    case 'id':
      return idLeaf(text);
    case 'author': {
      const name = parseAuthorName(text);
      if (name === null) return err('a name such as hinton or "j hinton"');
      const tokens = tokenize(text);
      return ok({ kind: 'author', text: trimmed(text, tokens), name, prefix: endsInPrefix(text, tokens) });
    }
    default:
      return termLeaf(text, field);
  }
}

/** An identifier of either form anywhere in the text, so that links and `arXiv:…v2` work too. */
const identifier = /(?<![\w.-])(\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?![\w.])/i;

function idLeaf(text: string): Result<LeafNode, string> {
  const found = identifier.exec(text)?.[1];
  if (found !== undefined) {
    // The subject class of an old identifier (math.GT/0309136) is no part of the canonical one.
    return ok({ kind: 'id', id: found.toLowerCase().replace(/\.[a-z]{2}\//, '/'), prefix: false });
  }
  if (/^\w[\w./-]*\*$/.test(text)) return ok({ kind: 'id', id: text.slice(0, -1).toLowerCase(), prefix: true });
  return err('an arXiv identifier such as 2505.15988, math/0309136 or 2505.*');
}

function termLeaf(text: string, field: 'title' | 'abstract' | 'comments' | null): Result<LeafNode, string> {
  const tokens = tokenize(text);
  const last = tokens.at(-1);
  if (last === undefined) return err('a word with at least one letter or digit');
  const prefix = endsInPrefix(text, tokens);
  const phrase = tokens.map((token): WordPattern => {
    if (prefix && token === last) return { by: 'prefix', prefix: token.folded };
    if (isAcronym(text, token)) return { by: 'exact', folded: token.folded };
    return { by: 'stem', stem: token.stem };
  });
  return ok({ kind: 'term', field, text: trimmed(text, tokens), phrase });
}

/**
 * Two to five letters with at least two capitals: `MPI`, `MoE`, `LLMs`.
 * Their stems mislead (GANs are not a gan, AIDS is no aid), so they match as they are, in any case.
 */
function isAcronym(text: string, { start, end }: Token): boolean {
  let capitals = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 0x41 && code <= 0x5a) || code > 0x7f) capitals += 1;
  }
  // Regular expressions know the letters of all scripts, and take their time; hardly any word is left to them.
  if (capitals < 2) return false;
  const word = text.slice(start, end);
  const letters = word.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 2 && letters <= 5 && (word.match(/\p{Lu}/gu)?.length ?? 0) >= 2;
}

function endsInPrefix(text: string, tokens: readonly Token[]): boolean {
  return text.at(tokens.at(-1)?.end ?? text.length) === '*';
}

/** From the first letter to the last, and the `*` of a prefix: what stands around is punctuation of the sentence. */
function trimmed(text: string, tokens: readonly Token[]): string {
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? text.length;
  return text.slice(start, end) + (endsInPrefix(text, tokens) ? '*' : '');
}
