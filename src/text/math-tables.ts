import { joinPieces } from './math-spacing.ts';
import type { Piece } from './math-spacing.ts';

/**
 * A matrix, an array, a case distinction or aligned equations on one line: cells are parted by commas, rows by semicolons.
 * What continues a relation (`a & = b`) or a sentence (`1 & if x > 0`) needs none, and the row's own commas are not doubled.
 */
export function tableLine(rows: readonly (readonly (readonly Piece[])[])[]): string {
  let line = '';
  for (const cells of rows) {
    const row = rowLine(cells);
    if (row === '') continue;
    if (line === '') line = row;
    else if (cells[0]?.length === 0 && startsWithSign(cells))
      line += ` ${row.replace(/^[^\s\p{L}\p{N}(]+(?=\S)/u, '$& ')}`;
    else line = `${withoutComma(line)}; ${row}`;
  }
  return line;
}

function rowLine(cells: readonly (readonly Piece[])[]): string {
  let line = '';
  let current: Piece[] = [];
  for (const cell of cells) {
    if (cell.every(({ kind, text }) => kind === 'space' || text === '')) continue;
    if (current.length > 0 && cell[0]?.kind !== 'rel' && current.at(-1)?.kind !== 'rel') {
      const done = joinPieces(current);
      line += startsWithWord(cell) ? `${withoutComma(done)} ` : `${withoutComma(done)}, `;
      current = [];
    }
    current.push(...cell);
  }
  return line + joinPieces(current);
}

function startsWithSign(cells: readonly (readonly Piece[])[]): boolean {
  const kind = cells.find((cell) => cell.length > 0)?.[0]?.kind;
  return kind === 'rel' || kind === 'bin';
}

function startsWithWord(cell: readonly Piece[]): boolean {
  const first = cell.find(({ kind }) => kind !== 'space');
  return first?.kind === 'text' && /^\s*(?:if|for|when|otherwise|else|with|where)\b/i.test(first.text);
}

function withoutComma(line: string): string {
  return line.replace(/[,;]$/, '');
}
