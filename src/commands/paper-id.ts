import { canonicalId } from '../arxiv/identifier.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';

/** Characters of an identifier, or of an address that has it. */
export const maxPaperIdLength = 200;

/** The canonical identifier of a paper as somebody typed it: an identifier, or an address of arXiv's; else a sentence for them. */
export function readPaperId(written: string): Result<string, string> {
  // People put an address between < and > to keep Discord from showing its page.
  const id = canonicalId(written.trim().replace(/^<(.*)>$/, '$1'));
  return id === null
    ? err(
        'That is no arXiv identifier. It looks like `2505.16508` or `math.GT/0309136`; the address of its page works too.',
      )
    : ok(id);
}
