import { tokenize } from '../text/tokens.ts';

/** A person's name: its folded words, given names first. Never empty. */
export type AuthorName = readonly string[];

/** Stand after the family name, with or without a comma, and say nothing of who it is. */
const suffixes: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);

/** Reads `Jane A. Hinton`, `Hinton, Jane A.` and `Hinton J` alike. Null where no word is left. */
export function parseAuthorName(text: string): AuthorName | null {
  const parts = text
    .split(',')
    .map((part) => wordsOf(part))
    .filter((words) => words.length > 0);
  const [family, given, ...rest] = parts;
  if (family === undefined) return null;
  // More than one comma is not "Family, Given": a list or an affiliation, and its order is as good as any.
  return given !== undefined && rest.length === 0 ? [...given, ...family] : initialsFirst(parts.flat());
}

function wordsOf(part: string): string[] {
  const words = tokenize(part).map((token) => token.folded);
  const last = words.at(-1);
  return last !== undefined && suffixes.has(last) ? words.slice(0, -1) : words;
}

/** `hinton g e` → `g e hinton`: letters alone at the end are initials after a family name. */
function initialsFirst(words: readonly string[]): readonly string[] {
  const end = words.findLastIndex((word) => !isInitial(word)) + 1;
  return [...words.slice(end), ...words.slice(0, end)];
}

/**
 * Whether a paper's author can be the person asked for. Every word asked for is found in the name, in order; a letter alone
 * stands for any given name that begins with it, on either side: `j hinton` finds Jane Hinton, J. Hinton and Jane A. Hinton,
 * and `jane hinton` finds J. Hinton. The last word asked for, the family name, is never found in an initial; with `prefix` it
 * is only how a word begins.
 */
export function matchesAuthor(wanted: AuthorName, author: AuthorName, prefix = false): boolean {
  let next = 0;
  for (const [index, word] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const agrees = (found: string): boolean =>
      found === word ||
      (isInitial(word) && found.startsWith(word)) ||
      (isLast ? prefix && found.startsWith(word) : isInitial(found) && word.startsWith(found));
    // The earliest word that agrees leaves most of the name to the words that follow.
    const at = author.findIndex((found, position) => position >= next && agrees(found));
    if (at === -1) return false;
    next = at + 1;
  }
  return true;
}

function isInitial(word: string): boolean {
  return word.length === 1;
}
