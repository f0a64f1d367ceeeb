import type { WeighedProfile } from './score.ts';

/**
 * What marks taught a profile, as papers write it, heaviest first; a weight below 0 is what 👎 spoke against. A word is left out where a
 * pair with it says more and points the same way.
 *
 * @param most at most so many
 */
export function learnedTerms(
  { terms }: WeighedProfile,
  most: number,
): readonly { readonly term: string; readonly weight: number }[] {
  const learned = terms
    .filter(({ term, weight }) => term.origin === 'learned' && weight !== 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const pairs = learned.filter(({ term }) => term.phrase.length === 2);
  return learned
    .filter(
      ({ term, weight }) =>
        !pairs.some(
          (pair) => pair.term !== term && pair.weight > 0 === weight > 0 && pair.term.key.split(' ').includes(term.key),
        ),
    )
    .slice(0, most)
    .map(({ term, weight }) => ({ term: term.text, weight }));
}
