/**
 * What no listing of arXiv's exceeds. 2,000 entries with abstracts have some 5 million characters, 100,000 lines and 80,000 tags, and
 * nothing on a page is nested deeper than 30 (2026-11, recorded pages). What reads a page walks it recursively, and keeps every tag and
 * every line in memory.
 */
const mostCharacters = 30_000_000;
const mostLines = 1_000_000;
const mostTags = 500_000;
const deepest = 300;

/** In words what of a page exceeds that, null for a page that can be read. Cost: linear, whatever the text. */
export function pageBoundExceeded(html: string): string | null {
  if (html.length > mostCharacters) return `${html.length} characters`;
  const open = new Map<string, number>();
  let tags = 0;
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(?:(\/?)([A-Za-z][^\s/>]{0,30}))?/g)) {
    tags += 1;
    if (tags > mostTags) return `more than ${mostTags} tags`;
    const tag = name.toLowerCase();
    if (tag === '' || voidTags.has(tag)) continue;
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

/** The same of a text or a mail. */
export function textBoundExceeded(text: string): string | null {
  if (text.length > mostCharacters) return `${text.length} characters`;
  const lineEnds = /[\r\n]/g;
  for (let lines = 1; lineEnds.test(text); lines += 1) if (lines > mostLines) return `more than ${mostLines} lines`;
  return null;
}
