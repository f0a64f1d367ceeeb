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
