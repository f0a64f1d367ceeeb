import { AppError } from '../lib/errors.ts';

/** Says what is wrong with a listing, and where: a sentence for the operator. `line` counts from 1. */
export type Complain = (line: number | null, problem: string) => AppError;

/**
 * How to complain about one source; `name` is the file or address as the operator knows it.
 * `seed.txt, line 12: entry [3] has no subjects; fetch the listing again`.
 */
export function complaintsAbout(name: string): Complain {
  return (line, problem) =>
    new AppError('unreadable-listing', `${name}${line === null ? '' : `, line ${line}`}: ${problem}`);
}

/** Somebody's text as it is shown in a sentence: its beginning, in quotation marks, in one line and without signs that a terminal obeys. */
export function quote(text: string, mostCharacters = 60): string {
  const shown = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  return `“${shown.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}”`;
}
