import { oneLine } from './plain-text.ts';

/** arXiv's own message about an error, in one line and no longer than a sentence should be; its longest lists 40 categories. */
export function arxivSays(message: string | null): string {
  const line = oneLine(message) ?? 'without saying why';
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const longest = 600;
