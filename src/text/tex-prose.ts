import { accentAt, texLetters } from './tex-accents.ts';
import { isGroup, matchBraces } from './tex-braces.ts';
import { dropped, firstOfTwo, secondOfTwo, signs, symbols, tightSymbols, unwrapped } from './tex-commands.ts';
import type { MathSpan } from './tex-spans.ts';
import { createTypography } from './tex-typography.ts';

const address = /(?:https?:\/\/|ftp:\/\/|www\.)[^\s{}$<>"]+/y;
const commandName = /\\([A-Za-z]+)\*?/y;
const plainRun = /[^\\{}$`'"~^_\-hfw]+|[hfw](?![tw])/y;

export type SpanReaders = {
  readonly toUnicode: (formula: string, strict: boolean) => string | null;
  readonly showSpan: (formula: string) => string;
};

/**
 * Running text without its TeX: accents composed, markup unwrapped, citations dropped, quotes, dashes and ties as printed.
 * `math` are the formulas in it, in order, and `showSpan` what becomes of one; `toUnicode` renders TeX that stands outside of them,
 * or gives null (`strict`: also for commands it does not know).
 * One pass that only goes forward; nothing is recursive; linear but for what it is given.
 */
export function readProse(source: string, math: readonly MathSpan[], { toUnicode, showSpan }: SpanReaders): string {
  const partners = matchBraces(source, math);
  /** Where the braces that open at `from` close; undefined where none open there. */
  const groupFrom = (from: number): number | undefined => (source[from] === '{' ? partners.get(from) : undefined);
  const vanishing = new Set<number>();
  const skipTo = new Map<number, number>();
  const typography = createTypography(source);
  /** `\la x\ra` is a mean, whatever `\la` is on its own. */
  const hasMean = /\\la(?![A-Za-z])/.test(source) && /\\ra(?![A-Za-z])/.test(source);
  /** Where there is markup, a brace without a partner is what was left of some. */
  const isTex = /\\[A-Za-z]{2}/.test(source);
  const parts: string[] = [];
  let at = 0;
  let nextMath = 0;

  while (at < source.length) {
    const span = math[nextMath];
    if (span !== undefined && at > span.start) {
      nextMath += 1;
      continue;
    }
    if (span !== undefined && at === span.start) {
      write(betweenBlanks(span, showSpan(span.formula)));
      at = span.end;
      nextMath += 1;
      continue;
    }
    const jump = skipTo.get(at);
    if (jump !== undefined) {
      at = jump;
      continue;
    }
    const until = span?.start ?? source.length;
    at = step(until);
  }
  return parts.join('');

  function write(text: string): void {
    if (text !== '') parts.push(text);
  }

  /** A formula's text with the blank that it sets at an edge (`5777\\,` before K), where there is none and no punctuation behind it. */
  function betweenBlanks({ start, end, formula }: MathSpan, text: string): string {
    const leads = /^\s*(?:\\[,;: ]|~)/.test(formula) && /\S/.test(source[start - 1] ?? ' ');
    const trails = text !== '' && /(?:\\[,;: ]|~)\s*$/.test(formula) && /[^\s.,;:!?)\]]/.test(source[end] ?? ' ');
    return `${leads ? ' ' : ''}${text}${trails ? ' ' : ''}`;
  }

  function trimBlank(): void {
    const last = parts.at(-1);
    if (last !== undefined && /[ ~]$/.test(last.slice(-1))) parts[parts.length - 1] = last.slice(0, -1);
  }

  /** Reads what stands at `at`, never past the formula at `until`; the index behind it. */
  function step(until: number): number {
    const character = source[at] ?? '';
    const run = sticky(plainRun, at);
    if (run !== null) {
      const end = Math.min(at + run[0].length, until);
      write(source.slice(at, end));
      return end;
    }
    if (character === '\\') return backslash();
    if (character === '{' || character === '}') return brace(character);
    if (character === '^' || character === '_') return script(character);
    const link = /[hfw]/.test(character) ? sticky(address, at) : null;
    if (link !== null) {
      const end = Math.min(at + link[0].length, until);
      write(source.slice(at, end).replaceAll(/\\([_%&#~])/g, '$1'));
      return end;
    }
    const set = typography.at(at);
    write(set.text);
    return set.end;
  }

  function backslash(): number {
    const accented =
      accentAt(source, at) ??
      (source[at + 1] === '\\' && /\p{L}/u.test(source[at - 1] ?? '') ? accentAt(source, at + 1) : null);
    if (accented !== null) {
      write(accented.text);
      return accented.end;
    }
    const name = sticky(commandName, at)?.[1];
    if (name !== undefined) return command(name, at + 1 + name.length);
    const sign = String.fromCodePoint(source.codePointAt(at + 1) ?? 92);
    // "mAP\@0.50" and "\>20" are signs; "i.i.d.\@ x" is TeX's mark for the end of an abbreviation.
    const isSign = /[@>]/.test(sign) && /\d/.test(source[at + 2] ?? '');
    write(isSign ? sign : (signs[sign] ?? sign));
    return at + 1 + sign.length;
  }

  function command(name: string, end: number): number {
    const letter = texLetters[name];
    if (letter !== undefined) {
      write(letter);
      // TeX swallows the blank that ends a command: "S\o ren".
      return source.startsWith('{}', end) ? end + 2 : /^ \p{Ll}/u.test(source.slice(end, end + 3)) ? end + 1 : end;
    }
    const open = source[end] === '*' ? end + 1 : end;
    if (dropped.has(name)) return drop(open);
    if (secondOfTwo.has(name)) return second(open);
    if (firstOfTwo.has(name)) return firstArgument(overOptions(open));
    if (unwrapped.has(name)) return unwrap(open);
    const symbol = symbols[name];
    if (symbol !== undefined) {
      if (symbol === ' ') trimBlank();
      // "\etc." ends a sentence, but with one full stop.
      write(symbol.endsWith('.') && source[end] === '.' ? symbol.slice(0, -1) : symbol);
      if (source.startsWith('{}', end)) return end + 2;
      return (symbol === ' ' || tightSymbols.has(name)) && source[end] === ' ' ? end + 1 : end;
    }
    // Authors quote what models are given: "\n\n".
    if (name === 'n' && source[end] !== '{') {
      write('\\n');
      return end;
    }
    if (name === 'footnote') return footnote(open);
    return mathCommand(name, end);
  }

  /** `\alpha`, `\mathcal{C}`, `\frac{a}{b}` without dollars; an unknown command is its argument, or else its name. */
  function mathCommand(name: string, end: number): number {
    if (hasMean && (name === 'la' || name === 'ra')) {
      write(name === 'la' ? '⟨' : '⟩');
      return name === 'la' && source[end] === ' ' ? end + 1 : end;
    }
    const bare = toUnicode(`\\${name}`, true);
    if (bare !== null && bare !== '') {
      write(bare);
      return end;
    }
    const first = groupFrom(end);
    if (first === undefined) {
      write(toUnicode(`\\${name}`, false) ?? name);
      return end;
    }
    // Authors write `\method{}` to keep the blank behind a name of theirs.
    if (source.slice(end + 1, first).trim() === '') {
      write(name);
      return first + 1;
    }
    for (const argumentEnd of [first, groupFrom(first + 1)]) {
      const line = argumentEnd === undefined ? null : toUnicode(source.slice(at, argumentEnd + 1), true);
      if (line === null || argumentEnd === undefined) continue;
      write(line);
      return argumentEnd + 1;
    }
    vanishing.add(end).add(first);
    return end;
  }

  function unwrap(open: number): number {
    const groupEnd = groupFrom(open);
    if (groupEnd === undefined) return source[open] === ' ' ? open + 1 : open;
    vanishing.add(open).add(groupEnd);
    return open;
  }

  function firstArgument(open: number): number {
    const next = (groupFrom(open) ?? -2) + 1;
    const nextEnd = groupFrom(next);
    if (nextEnd !== undefined) skipTo.set(next, nextEnd + 1);
    return unwrap(open);
  }

  /** Over optional arguments and the first in braces, to a second one, whose braces go away whatever they hold. */
  function second(open: number): number {
    const from = overOptions(open);
    const firstEnd = groupFrom(from);
    if (firstEnd === undefined) return open;
    const blanks = /^\s*/.exec(source.slice(firstEnd + 1, firstEnd + 4))?.[0].length ?? 0;
    const next = firstEnd + 1 + blanks;
    const nextEnd = groupFrom(next);
    const isAddress = sticky(address, from + 1) !== null;
    // `\\href{https://…}.` and `\\href{https://…}{}` are all that there is to show.
    if (isAddress && (nextEnd === undefined || source.slice(next + 1, nextEnd).trim() === '')) {
      if (nextEnd !== undefined) skipTo.set(firstEnd + 1, nextEnd + 1);
      return unwrap(from);
    }
    if (nextEnd === undefined) return firstEnd + 1;
    vanishing.add(next);
    return next;
  }

  function overOptions(from: number): number {
    let after = from;
    for (let options = 0; options < 2 && source[after] === '['; options += 1) {
      const length = source.slice(after, after + 200).indexOf(']');
      if (length < 0) break;
      after += length + 1;
    }
    return after;
  }

  /** Over optional arguments and one in braces, with the blank before them where it would be left over. */
  function drop(end: number): number {
    let after = overOptions(end);
    const groupEnd = groupFrom(after);
    after = groupEnd === undefined ? after : groupEnd + 1;
    if (parts.at(-1)?.endsWith('(') === true && source[after] === ')') {
      const before = parts.pop()?.slice(0, -1) ?? '';
      write(before);
      trimBlank();
      return after + 1;
    }
    if (/^(?:[\s.,;:)\]~]|$)/.test(source.slice(after, after + 1))) trimBlank();
    return after;
  }

  function footnote(open: number): number {
    const groupEnd = groupFrom(open);
    if (groupEnd === undefined) return open;
    vanishing.add(open).add(groupEnd);
    trimBlank();
    write(' ');
    return open;
  }

  function brace(character: string): number {
    const partner = partners.get(at);
    if (partner === undefined) write(isTex && !/[\^_]/.test(source[at - 1] ?? '') ? '' : character);
    else if (character === '{' && (vanishing.has(at) || isGroup(source, at, partner))) vanishing.add(partner);
    else if (!vanishing.has(at)) write(character);
    return at + 1;
  }

  /** `10^{-3}` and `id_{c}` outside of formulas; a bare `^` or `_` stays as it is. */
  function script(character: string): number {
    const end = groupFrom(at + 1);
    const line = end === undefined ? null : toUnicode(`{}${source.slice(at, end + 1)}`, false);
    if (end === undefined || line === null) {
      write(character);
      return at + 1;
    }
    write(line);
    return end + 1;
  }

  function sticky(pattern: RegExp, from: number): RegExpExecArray | null {
    pattern.lastIndex = from;
    return pattern.exec(source);
  }
}
