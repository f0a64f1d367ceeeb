import { accentsAbove, accentsBelow, withMark } from './math-accents.ts';
import { fractionLine, radicand } from './math-fractions.ts';
import { scripts, superscript } from './math-scripts.ts';
import { joinPieces, operatorKind } from './math-spacing.ts';
import type { Piece } from './math-spacing.ts';
import { tableLine } from './math-tables.ts';

/** A node of a MathML tree: an element with `type` and `children`, a text with `text`, or a fragment with `children` only. */
export type MathmlNode = {
  readonly type?: string;
  readonly text?: string;
  readonly children?: readonly MathmlNode[];
  readonly attributes?: Readonly<Record<string, unknown>>;
};

/**
 * A formula as one line of Unicode: `O(nΔ³)`, `n^(1/2)`, `√(s_(NN)) = 5.02`, `θ̂`.
 * Recursion is as deep as the tree: bound the formula first.
 */
export function mathmlToLine(root: MathmlNode): string {
  return joinPieces(piecesOf(root));
}

const space: Piece = { text: '', kind: 'space' };

function piecesOf(node: MathmlNode): Piece[] {
  const children = node.children ?? [];
  switch (node.type) {
    case 'mi':
      return [{ text: plainStyle(textOf(node)), kind: 'ord' }];
    case 'mn':
      return number(plainStyle(textOf(node)));
    case 'mo':
      return operator(node);
    case 'mtext':
    case 'ms':
      return [wordPiece(textOf(node))];
    case 'mspace':
      return Number.parseFloat(attribute(node, 'width')) >= 0.16 ? [space] : [];
    case 'msub':
      return [scripted(children[0], children[1], undefined)];
    case 'msup':
      return [scripted(children[0], undefined, children[1])];
    case 'msubsup':
    case 'munderover':
      return [scripted(children[0], children[1], children[2])];
    case 'munder':
      return [accented(children[0], children[1], accentsBelow) ?? scripted(children[0], children[1], undefined)];
    case 'mover':
      return [accented(children[0], children[1], accentsAbove) ?? scripted(children[0], undefined, children[1])];
    case 'mfrac':
      return [fraction(node, children)];
    case 'msqrt':
      return [{ text: `√${radicand(children.flatMap(piecesOf))}`, kind: 'ord' }];
    case 'mroot':
      return [{ text: radical(tightLine(children[1])) + radicand(piecesOf(children[0] ?? {})), kind: 'ord' }];
    case 'menclose':
      return enclosed(node, children);
    case 'mtable':
      return [{ text: tableLine(children.map((row) => (row.children ?? []).map(piecesOf))), kind: 'ord' }];
    case 'mmultiscripts':
      return prescripted(children);
    case 'mphantom':
    case 'annotation':
      return [];
    default:
      return node.text === undefined ? applied(withoutLoneBrace(children).flatMap(piecesOf)) : [wordPiece(node.text)];
  }
}

/** Marks what stands before U+2061 FUNCTION APPLICATION as a function, so that words keep their distance; joins `:` and `=`. */
function applied(pieces: readonly Piece[]): Piece[] {
  const read: Piece[] = [];
  for (const piece of pieces) {
    const last = read.at(-1);
    if (last !== undefined && piece.kind === 'apply') read[read.length - 1] = { text: last.text, kind: 'fn' };
    else if (last?.text === ':' && piece.text === '=') read[read.length - 1] = { text: ':=', kind: 'rel' };
    else if (piece.kind !== 'apply') read.push(piece);
  }
  return read;
}

/** Temml takes "1,2" for a number; only "10,000" is one. */
function number(text: string): Piece[] {
  if (!text.includes(',') || /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return [{ text, kind: 'ord' }];
  return text
    .split(/(,)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, kind: part === ',' ? 'punct' : 'ord' }));
}

function operator(node: MathmlNode): Piece[] {
  const text = plainStyle(textOf(node)).normalize('NFC');
  if (text === '\u2061') return [{ text: '', kind: 'apply' }];
  if (/^[\u2062-\u2064\u200B]*$/.test(text)) return [];
  const isSpacedBar = /^[|∣‖]$/.test(text) && Number.parseFloat(attribute(node, 'lspace')) > 0;
  return [{ text, kind: isSpacedBar ? 'rel' : operatorKind(text) }];
}

function wordPiece(text: string): Piece {
  const plain = plainStyle(text).replaceAll(/[\u00A0\s]+/g, ' ');
  return plain === ' ' ? space : { text: plain, kind: 'text' };
}

function scripted(base: MathmlNode | undefined, below: MathmlNode | undefined, above: MathmlNode | undefined): Piece {
  const pieces = base === undefined ? [] : piecesOf(base);
  const only = pieces.length === 1 ? pieces[0] : undefined;
  const isSum = only === undefined ? pieces.some(({ kind }) => kind === 'bin' || kind === 'rel') : only.kind === 'frac';
  const whole = only?.text ?? joinPieces(pieces);
  const isBare = !/^[([{⟨|‖].*[)\]}⟩|‖]$/.test(whole);
  const line =
    isBare && (isSum || (only?.kind === 'ord' && whole.includes(' ') && !/^\p{L}+ \p{L}+$/u.test(whole)))
      ? `(${whole})`
      : whole;
  const text = line + scripts(tightLine(below), tightLine(above));
  return { text, kind: only === undefined || only.kind === 'frac' ? 'ord' : only.kind };
}

/** Null where the second node is no accent but something set above or below. */
function accented(
  base: MathmlNode | undefined,
  over: MathmlNode | undefined,
  accents: Readonly<Record<string, string>>,
): Piece | null {
  if (base === undefined || over?.type !== 'mo') return null;
  const mark = accents[textOf(over)];
  const pieces = piecesOf(base);
  // An arrow over a relation is a label, over a letter a vector.
  if (mark === undefined || pieces[0]?.kind === 'rel') return null;
  return { text: withMark(joinPieces(pieces), mark), kind: 'ord' };
}

/** Temml gives `\\prescript{14}{6}{C}` as base, mark, above, below. */
function prescripted([base = {}, mark, above, below]: readonly MathmlNode[]): Piece[] {
  const pieces = piecesOf(base);
  return mark?.type === 'mprescripts'
    ? [{ text: scripts(tightLine(below), tightLine(above)) + joinPieces(pieces), kind: 'ord' }]
    : pieces;
}

/** The brace of a case distinction has no partner: on a line it would only look like a slip. */
function withoutLoneBrace(children: readonly MathmlNode[]): readonly MathmlNode[] {
  const [open, table, close] = children;
  const isLone = open?.type === 'mo' && textOf(open) === '{' && (close === undefined || textOf(close) === '');
  return isLone && table !== undefined && holdsTable(table) ? [table] : children;
}

function holdsTable(node: MathmlNode): boolean {
  return node.type === 'mtable' || (node.children?.length === 1 && node.children.every(holdsTable));
}

function enclosed(node: MathmlNode, children: readonly MathmlNode[]): Piece[] {
  const pieces = children.flatMap(piecesOf);
  const notation = attribute(node, 'notation');
  const mark = notation === 'top' ? '\u0305' : notation === 'bottom' ? '\u0332' : null;
  return mark === null ? pieces : [{ text: withMark(joinPieces(pieces), mark), kind: 'ord' }];
}

function fraction(node: MathmlNode, children: readonly MathmlNode[]): Piece {
  const [top = {}, bottom = {}] = children;
  if (attribute(node, 'linethickness').startsWith('0')) {
    return { text: `${joinPieces(piecesOf(top))} choose ${joinPieces(piecesOf(bottom))}`, kind: 'ord' };
  }
  return { text: fractionLine(piecesOf(top), piecesOf(bottom)), kind: 'frac' };
}

function radical(degree: string): string {
  return degree === '3' ? '∛' : degree === '4' ? '∜' : `${superscript(degree)}√`;
}

function tightLine(node: MathmlNode | undefined): string {
  // What lies in a table, or under an arrow, was joined before.
  return node === undefined ? '' : joinPieces(piecesOf(node), true).replaceAll(/ ([=<>≤≥≠∈→]) /g, '$1');
}

/** The attribute as text; empty where there is none. */
function attribute(node: MathmlNode, name: string): string {
  const value = node.attributes?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function textOf(node: MathmlNode): string {
  return node.text ?? (node.children ?? []).map(textOf).join('');
}

/**
 * Bold, italic, sans-serif and typewriter letters of the mathematical block as plain ones: phones lack them and screen readers
 * spell them out; the italic h is Planck's, outside of the block, and Temml's empty set is the sign for a diameter, its ⊥ one that fonts lack. Script, Fraktur and double-struck letters mean something (𝒪, 𝔤, ℝ) and stay.
 */
function plainStyle(text: string): string {
  return text
    .replaceAll(/[\uFE00-\uFE0F]/g, '')
    .replaceAll(/[\u2000-\u200A\u202F]/g, ' ')
    .replaceAll('⌀', '∅')
    .replaceAll('⟂', '⊥')
    .replaceAll(/[\u210E\u{1D400}-\u{1D49B}\u{1D5A0}-\u{1D7FF}]/gu, (letter) => letter.normalize('NFKC'));
}
