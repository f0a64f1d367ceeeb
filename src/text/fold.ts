/** Letters that Unicode does not decompose into a base letter and an accent, and what people type for them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ς: 'σ',
};

/**
 * A word as it is compared: lower case, without accents (`Grüning` → `gruning`, `Łukasz` → `lukasz`, `Weiß` → `weiss`),
 * with compatibility forms undone (`ﬁeld` → `field`, `𝐗` → `x`).
 *
 * Idempotent. Only the combining diacritical marks U+0300-036F count as accents: vowel signs of other scripts are letters
 * to their readers and stay.
 */
export function foldWord(word: string): string {
  if (/^[a-z0-9]*$/.test(word)) return word;
  if (/^[A-Za-z0-9]*$/.test(word)) return word.toLowerCase();
  return (
    word
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[\u0300-\u036f]/g, '')
      .replaceAll(/[ßæœøłđðþħıŋς]/g, (letter) => plainLetters[letter] ?? letter)
      // Compatibility forms may hold signs (½ is 1⁄2), which no word of ours does.
      .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '')
      .normalize('NFC')
  );
}
