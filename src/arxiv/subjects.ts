/** The subjects of a paper as a listing prints them, in its order. */
export type Subject = { readonly name: string; readonly code: string };

/**
 * Reads `Distributed, Parallel, and Cluster Computing (cs.DC); Machine Learning (stat.ML)`, primary first; null when it is anything else.
 *
 * Names hold commas and are ambiguous (Machine Learning is cs.LG and stat.ML), so only the code in the last brackets counts.
 */
export function parseSubjects(text: string): readonly [Subject, ...Subject[]] | null {
  const subjects: Subject[] = [];
  for (const part of text.trim().split(/;\s+/)) {
    const [, name, code] = /^(\S.*?) \(([a-z-]+(?:\.[A-Za-z-]+)?)\)$/.exec(part) ?? [];
    if (name === undefined || code === undefined) return null;
    subjects.push({ name, code });
  }
  const [primary, ...others] = subjects;
  return primary === undefined ? null : [primary, ...others];
}

/**
 * The archive or category whose listing this is, told from the heading that names it and the subjects of the entries.
 *
 * A category's listing holds only papers of that category: where a name has two codes, the one that every entry bears is it.
 * Null when no subject has that name, or two fit.
 */
export function archiveNamed(heading: string, entries: readonly (readonly Subject[])[]): string | null {
  const named = entries.flat().filter((subject) => subject.name === heading);
  const codes = [...new Set(named.map((subject) => subject.code))];
  if (codes.length === 1) return codes[0] ?? null;
  const shared = codes.filter((code) => entries.every((subjects) => subjects.some((subject) => subject.code === code)));
  return shared.length === 1 ? (shared[0] ?? null) : null;
}
