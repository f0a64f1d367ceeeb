/**
 * The partner of every brace of a text that has one, both ways (so ask what stands there before taking it for a group);
 * `\{`, `\}` and formulas are passed over. Linear.
 */
export function matchBraces(
  source: string,
  skip: readonly { start: number; end: number }[],
): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  let next = 0;
  for (let at = 0; at < source.length; at += 1) {
    const span = skip[next];
    if (span !== undefined && at === span.start) {
      at = span.end - 1;
      next += 1;
    } else if (source[at] === '\\') {
      at += 1;
    } else if (source[at] === '{') {
      open.push(at);
    } else if (source[at] === '}') {
      const partner = open.pop();
      if (partner === undefined) continue;
      partners.set(partner, at);
      partners.set(at, partner);
    }
  }
  return partners;
}

/**
 * Whether the braces opening at `at` are TeX's (`{\o}`, `{GPU}`, `non-{A}belian`, `t{â}tonnement`) and vanish, rather than the author's own
 * notation in a text that is not TeX (`sqrt{n}`, `max{|I|: I is independent}`, `{0,1}`).
 */
export function isGroup(source: string, at: number, end: number): boolean {
  const content = source.slice(at + 1, Math.min(end, at + 200));
  // `5{,}495` is how TeX writes a comma without the space behind it.
  if (content.startsWith('\\') || /^(?:\s*|[.,]|[^\P{L}\p{ASCII}]\p{M}*)$/u.test(content)) return true;
  const before = source[at - 1] ?? ' ';
  if (before === '$') return true;
  if (/[\p{L}\p{N}\\]/u.test(before)) return false;
  return !/[,|:=<>]/.test(content);
}
