const above = new Map(
  pairs(
    '0123456789*+−-=()⊤abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ',
    '⁰¹²³⁴⁵⁶⁷⁸⁹*⁺⁻⁻⁼⁽⁾ᵀᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ',
  ),
);
const below = new Map(pairs('0123456789+−-=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ'));

/** Signs that everybody reads as raised (or, ☉ and ⊕, lowered) when they simply follow their base. */
const raisedAlready: Readonly<Record<string, string>> = {
  '∘': '°',
  '∗': '*',
  '*': '*',
  '†': '†',
  '‡': '‡',
  '♯': '♯',
  '®': '®',
  '™': '™',
};
const loweredAlready = new Set(['⊙', '⊕', '☉']);

/** What stands below and above behind its base: `aᵢ²`; a star or prime keeps to its base where the index needs a mark: `L*_(z=0)`. */
export function scripts(index: string, exponent: string): string {
  const lowered = subscript(index);
  const raised = superscript(exponent);
  return lowered.startsWith('_') && /^[*†‡♯′″‴]+$/.test(raised) ? raised + lowered : lowered + raised;
}

/** `n+1` as `ⁿ⁺¹`; where Unicode lacks a character, `^q` or `^(1/2)`. */
export function superscript(text: string): string {
  const primes = /^[′″‴⁗]+/.exec(text)?.[0] ?? '';
  // The star of K*⁰ and D⁽*⁾ is raised already.
  const rest = text.slice(primes.length).replace(/^∗(?=[\d+−])|(?<=^\()∗(?=\)$)/, '*');
  return primes.replaceAll('′′′', '‴').replaceAll('′′', '″') + (raisedAlready[rest] ?? script(rest, above, '^'));
}

/** `ij` as `ᵢⱼ`; where Unicode lacks a character, `_b` or `_(NN)`. */
function subscript(text: string): string {
  return loweredAlready.has(text) ? text : script(text, below, '_');
}

function script(text: string, map: ReadonlyMap<string, string>, mark: string): string {
  if (text === '') return '';
  const characters = Array.from(text);
  const mapped = characters.map((character) => map.get(character));
  if (!mapped.includes(undefined)) return mapped.join('');
  const isOne = /^.\p{M}*$/su.test(text);
  return isOne || isBracketed(text) ? mark + text : `${mark}(${text})`;
}

function isBracketed(text: string): boolean {
  return /^\([^()]*\)$/.test(text);
}

function pairs(from: string, to: string): [string, string][] {
  const images = Array.from(to);
  return Array.from(from).map((character, index) => [character, images[index] ?? character]);
}
