import { joinPieces } from './math-spacing.ts';
import type { Piece } from './math-spacing.ts';

/** `a/b` with brackets around what would fall apart on a line: a sum above, anything of more than one piece below. */
export function fractionLine(numerator: readonly Piece[], denominator: readonly Piece[]): string {
  const above = joinPieces(numerator);
  return `${/[ /]/.test(outsideBrackets(above)) ? `(${above})` : above}/${divisor(denominator)}`;
}

/** What stands under a root: bracketed unless it is one thing, such as a number, a letter, something in brackets already. */
export function radicand(pieces: readonly Piece[]): string {
  const line = joinPieces(pieces);
  if (isBracketed(line)) return line;
  return isOne(pieces, line) && !/[ _/^]/.test(line) ? line : `(${line})`;
}

function divisor(pieces: readonly Piece[]): string {
  const line = joinPieces(pieces);
  return isBracketed(line) || (isOne(pieces, line) && !/[ /]/.test(outsideBrackets(line))) ? line : `(${line})`;
}

/** A number, a letter with its scripts, a differential. */
function isOne(pieces: readonly Piece[], line: string): boolean {
  return pieces.length <= 1 || /^[\p{N}.,]+$/u.test(line) || /^[∂d∇Δ]\S\p{M}*$/u.test(line);
}

function isBracketed(line: string): boolean {
  return /^(?:\([^()]*\)|⟨[^⟨⟩]*⟩|‖[^‖]*‖|\|[^|]*\|)$/.test(line);
}

/** The line without what stands in round brackets, to four levels. */
function outsideBrackets(line: string): string {
  let outside = line;
  for (let level = 0; level < 4; level += 1) outside = outside.replaceAll(/\([^()]*\)/g, '');
  return outside;
}
