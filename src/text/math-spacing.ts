/** What a piece of a formula is, as TeX's spacing sees it. `frac` needs air at its sides once it lies on a line. */
export type PieceKind =
  | 'ord'
  | 'fn'
  | 'big'
  | 'bin'
  | 'rel'
  | 'open'
  | 'close'
  | 'punct'
  | 'text'
  | 'frac'
  | 'space'
  | 'apply';

export type Piece = { readonly text: string; readonly kind: PieceKind };

const relations = new Set('=<>≤≥≦≧⩽⩾≠≈≉∼≁≃≄≅≡≢∈∉∋⊂⊃⊆⊇⊄⊅⊈⊊⊋∝≪≫⋘⋙≲≳≶≺≻≼≽⪯⪰⊢⊨⊩⊥∥∣≔≐≜≗≍≏⋈⊏⊐⊑⊒≮≯≰≱⊭⊬⊮⊯∤∦≇⊉∌⊀⊁'.split(''));
const binaries = new Set('+−-±∓×÷·⋅∗∘∙•∪∩⊎⊔⊓∧∨⊕⊖⊗⊘⊙∖⋆⋊⋉⨯⊞⊠⨿'.split(''));
const bigs = new Set('∑∏∐∫∬∭∮⋃⋂⨁⨂⨀⨆⋁⋀'.split(''));

/** The kind of an operator by its sign. */
export function operatorKind(sign: string): PieceKind {
  if (relations.has(sign) || /^[\u2190-\u21FF\u27F0-\u27FF\u2900-\u297F]$/.test(sign) || /^[:<>=]+=$/.test(sign))
    return 'rel';
  if (binaries.has(sign)) return 'bin';
  if (bigs.has(sign)) return 'big';
  if (/^[([{⟨⌈⌊⟦]$/.test(sign)) return 'open';
  if (/^[)\]}⟩⌉⌋⟧!]$/.test(sign)) return 'close';
  if (/^[,;:]$/.test(sign)) return 'punct';
  if (/^\p{L}{2,}$/u.test(sign)) return 'fn';
  return 'ord';
}

/**
 * One line from the pieces of a formula. `tight` (for indices, exponents) leaves out the air around relations and operators;
 * words stay apart in either.
 */
export function joinPieces(pieces: readonly Piece[], tight = false): string {
  let line = '';
  let last: PieceKind | null = null;
  let spaced = false;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'space') {
      spaced = true;
      continue;
    }
    if (piece.text === '') continue;
    const kind = kindInPlace(piece.kind, last, pieces[index + 1]?.kind ?? null);
    const wanted =
      last !== null &&
      (gap(last, kind, line, piece.text, tight) ||
        (spaced && !tight && allowsSpace(last, kind) && !line.endsWith('/')));
    if (wanted && !/\s$/.test(line)) line += ' ';
    line += piece.text;
    last = kind;
    spaced = false;
  }
  return line.replaceAll(/ {2,}/g, ' ').trim();
}

/** A sign without something on both sides to join is a prefix or a suffix: −1, ∼10, R(t−). */
function kindInPlace(kind: PieceKind, left: PieceKind | null, right: PieceKind | null): PieceKind {
  if (kind === 'rel') return left === null ? 'open' : 'rel';
  if (kind !== 'bin') return kind;
  const joinsLeft = left === 'ord' || left === 'close' || left === 'frac' || left === 'text' || left === 'big';
  const joinsRight = right !== null && right !== 'close' && right !== 'punct';
  return joinsLeft && joinsRight ? 'bin' : 'ord';
}

function allowsSpace(left: PieceKind, right: PieceKind): boolean {
  return left !== 'open' && right !== 'close' && right !== 'punct';
}

function gap(left: PieceKind, right: PieceKind, line: string, next: string, tight: boolean): boolean {
  if (left === 'open' || right === 'close' || right === 'punct') return false;
  if (left === 'frac' && next === '.') return false;
  // 1/2(a + b) would be read as 1/(2(a + b)), and 1/2n as 1/(2n).
  if (left === 'frac' && (right === 'ord' || right === 'open' || right === 'frac')) return true;
  if (left === 'fn') return right !== 'open';
  if (right === 'fn' && (left === 'ord' || left === 'close' || left === 'frac')) return !line.endsWith('/');
  if (tight) return false;
  // 1:3 is a ratio; f: X → Y is not.
  if (left === 'punct') return !(/\d:$/.test(line) && /^\d/.test(next));
  if (left === 'rel' || right === 'rel' || left === 'bin' || right === 'bin') return true;
  if (left === 'frac' || right === 'frac') return true;
  if (left === 'big') return right !== 'open';
  return right === 'big';
}
