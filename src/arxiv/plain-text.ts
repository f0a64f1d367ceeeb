/** The text in one line: every run of white space a blank. Null for none, and for nothing but white space. */
export function oneLine(text: string | null): string | null {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line === '' ? null : line;
}

/**
 * An abstract as arXiv's XML and mails have it: a line that begins with a blank opens a paragraph, every other line goes on.
 * Paragraphs come joined by an empty line; null for no text.
 */
export function paragraphs(text: string | null): string | null {
  const found: string[][] = [];
  for (const line of (text ?? '').split(/\r\n|\n|\r/)) {
    const words = line.trim();
    if (words === '' || /^\s/.test(line) || found.length === 0) found.push([]);
    if (words !== '') found.at(-1)?.push(words.replace(/\s+/g, ' '));
  }
  const whole = found.filter((lines) => lines.length > 0).map((lines) => lines.join(' '));
  return whole.length === 0 ? null : whole.join('\n\n');
}
