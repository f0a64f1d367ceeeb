/**
 * The names in an author line as submitters write it: `A. Doe (1), B. Roe and C. Poe ((1) X, (2) Y)`. Affiliations are left out.
 * Parted like arXiv does it: at commas, colons (`The X collaboration: A. Doe`), `and` and `&`; `Jr.` behind a comma belongs to the
 * name before, and arXiv's pages print it without the comma.
 * Source: arxiv-base, `arxiv/authors`.
 */
export function splitAuthors(line: string): readonly string[] {
  const names: string[] = [];
  const parts = withoutBrackets(line)
    .replace(/\s+/g, ' ')
    .split(/[,:] ?(?:(?:and|&) )?| (?:and|&) /);
  for (const part of parts) {
    const name = part.trim();
    const last = names.at(-1);
    if (name === '' || /^et\.? al\b/i.test(name)) continue;
    if (last !== undefined && /^(?:[JS]r\.?|II|III|IV)$/.test(name)) names[names.length - 1] = `${last} ${name}`;
    else names.push(name);
  }
  return names;
}

/** Without all that stands between a bracket and its partner; a bracket without one stays. Cost: linear, however deep they nest. */
function withoutBrackets(text: string): string {
  const opened: number[] = [];
  const pairs: { start: number; end: number }[] = [];
  for (const { 0: bracket, index } of text.matchAll(/[()]/g)) {
    if (bracket === '(') {
      opened.push(index);
      continue;
    }
    const start = opened.pop();
    if (start === undefined) continue;
    while ((pairs.at(-1)?.start ?? -1) > start) pairs.pop();
    pairs.push({ start, end: index + 1 });
  }
  const starts = [0, ...pairs.map(({ end }) => end)];
  return starts.map((start, index) => text.slice(start, pairs[index]?.start ?? text.length)).join(' ');
}
