/** Signs that MathML sets over a letter, as combining marks; a brace leaves its letter as it is. */
export const accentsAbove: Readonly<Record<string, string>> = {
  ˆ: '\u0302',
  '^': '\u0302',
  '‾': '\u0304',
  '¯': '\u0304',
  '~': '\u0303',
  '˜': '\u0303',
  '˙': '\u0307',
  '¨': '\u0308',
  '˘': '\u0306',
  ˇ: '\u030C',
  '´': '\u0301',
  '`': '\u0300',
  '˚': '\u030A',
  '˝': '\u030B',
  '→': '\u20D7',
  '←': '\u20D6',
  '↔': '\u20E1',
  '⏞': '',
};

export const accentsBelow: Readonly<Record<string, string>> = { '⏟': '', _: '\u0332', '‾': '\u0332' };

/** `mark` on a single letter, on each of a few, on the bracket of more. */
export function withMark(text: string, mark: string): string {
  if (mark === '' || text === '') return text;
  const letters = text.match(/\P{M}\p{M}*/gu) ?? [];
  if (letters.length === 1) return (text + mark).normalize('NFC');
  return /^\p{L}{2,3}$/u.test(text) ? letters.map((letter) => letter + mark).join('') : `(${text})${mark}`;
}
