/** Length as Discord counts it: in code points. */
export function lengthOf(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

/** Dots that end no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|et al|cf|vs|resp|Fig|Figs|Eq|Eqs|Sec|Ref|Refs|No|St|Dr|approx|\p{Lu})\.$/u;

/**
 * `text` in at most `max` code points: whole if it fits, else up to the last sentence or word that does, with `…`.
 * Never cuts a letter from its accents. A sentence is preferred where it keeps more than half.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max || lengthOf(text) <= max) return text;
  if (max <= 1) return max === 1 ? '…' : '';
  const end = cutIndex(text, max - 1);
  const head = text.slice(0, end);
  const sentence = lastSentence(text.slice(0, end + 2), head.slice(0, cutIndex(head, max - 2)).length);
  if (sentence.length > head.length * 0.5) return `${sentence}\u00A0…`; // on the line of the sentence, not alone on the next
  const isWordEnd = /\s/.test(text[end] ?? ' ');
  const words = isWordEnd ? head : head.slice(0, Math.max(0, head.search(/\s\S*$/)));
  const kept = words.length > head.length * 0.5 ? words : head;
  return `${kept.replace(/[\s,;:–—([{-]+$/, '')}…`;
}

/** UTF-16 index behind at most `count` code points, moved back to where a letter with its marks is whole. */
function cutIndex(text: string, count: number): number {
  const characters = Array.from(text.slice(0, count * 2 + 2));
  if (characters.length <= count) return Math.min(text.length, characters.join('').length);
  let kept = Math.max(0, count);
  while (kept > 0 && isAttached(characters[kept] ?? '', characters[kept - 1] ?? '')) kept -= 1;
  return characters.slice(0, kept === 0 ? count : kept).join('').length;
}

function isAttached(character: string, before: string): boolean {
  return /^(?:\p{M}|\p{Emoji_Modifier}|\u200D)/u.test(character) || before === '\u200D';
}

/** The sentences of `text` that end at or before `limit`, the last of them whole. */
function lastSentence(text: string, limit: number): string {
  const ends = [...text.matchAll(/[.!?][”’)"']?(?=\s+[\p{Lu}\p{N}“‘("])/gu)];
  for (const end of ends.toReversed()) {
    const sentence = text.slice(0, end.index + end[0].length);
    if (sentence.length <= limit && !abbreviation.test(text.slice(Math.max(0, end.index - 12), end.index + 1)))
      return sentence;
  }
  return '';
}
