import { categories, isAnnounced } from './taxonomy.ts';

/** Codes named at most. */
const mostNamed = 3;

/**
 * Categories that somebody may have meant by a code that arXiv does not have: those alike in the best way that any is, at most three, in
 * the order of their codes; none where nothing is near.
 *
 * 1. `hep.th`: the code with a hyphen (`hep-th`)
 * 2. `cs.ML`, `ml`: the same below another archive (`stat.ML`)
 * 3. `cs.VC`: two letters that changed places (`cs.CV`)
 * 4. `physics.optic`, `cond-mat.str`, `cs.LGX`: one begins with the other, from three letters on
 */
export function nearCategories(written: string): string[] {
  const [first = '', second, ...rest] = written.toLowerCase().split('.');
  const below = second ?? first;
  if (rest.length > 0 || below.length < 2) return [];
  const archive = second === undefined ? null : first;
  const isHere = (code: string) => archive !== null && code.startsWith(`${archive}.`);
  const ways: readonly ((code: string, itsBelow: string) => boolean)[] = [
    (code) => archive !== null && code === `${archive}-${below}`,
    (_code, itsBelow) => itsBelow === below,
    (code, itsBelow) => isHere(code) && below.length === 2 && itsBelow === `${below[1]}${below[0]}`,
    (code, itsBelow) =>
      isHere(code) &&
      below.length > 2 &&
      (itsBelow.startsWith(below) || (itsBelow !== '' && below.startsWith(itsBelow))),
  ];
  for (const isAlike of ways) {
    const alike = [...categories].filter(([code]) => isAlike(code, code.split('.')[1] ?? ''));
    const announced = alike.map(([, { canonical }]) => canonical).filter((code) => isAnnounced(code));
    if (announced.length > 0) return [...new Set(announced)].toSorted().slice(0, mostNamed);
  }
  return [];
}
