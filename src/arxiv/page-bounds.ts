/**
 * What no page of arXiv's exceeds. 2,000 entries with abstracts have some 5 million characters and 80,000 tags, and nothing on them is
 * nested deeper than 30 (2026-11, recorded pages); what reads a page walks it recursively, and keeps every tag in memory.
 */
const mostCharacters = 30_000_000;
const mostTags = 500_000;
const deepest = 300;

/** In words what of a page exceeds that, null for a page that can be read. Cost: linear, whatever the text. */
export function boundExceeded(html: string): string | null {
  if (html.length > mostCharacters) return `${html.length} characters`;
  const open = new Map<string, number>();
  let tags = 0;
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([A-Za-z][^\s/>]{0,30})/g)) {
    tags += 1;
    if (tags > mostTags) return `more than ${mostTags} tags`;
    const tag = name.toLowerCase();
    if (voidTags.has(tag)) continue;
    const opened = open.get(tag) ?? 0;
    if (slash === '') {
      open.set(tag, opened + 1);
      depth += 1;
    } else if (opened > 0) {
      // Closing a tag closes what stands open inside it too, so the true depth is this or less.
      open.set(tag, opened - 1);
      depth -= 1;
    }
    if (depth > deepest) return `tags nested deeper than ${deepest}`;
  }
  return null;
}

const voidTags: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
