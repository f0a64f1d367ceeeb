/**
 * What no listing of arXiv's exceeds. 2,000 entries with abstracts have some 5 million characters, 100,000 lines and 80,000 tags, and
 * nothing on a page is nested deeper than 30 (2026-11, recorded pages). What reads a page walks it recursively, and keeps every tag and
 * every line in memory.
 */
const mostCharacters = 20_000_000;
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

/**
 * What no answer of arXiv's in XML exceeds: a page of 2,000 records has some 120,000 tags and 25,000 attributes (2026-11), and six tags an
 * author more where a collaboration signs with all its names. A parser keeps each of them, ten seconds for 500,000 attributes of one tag.
 */
const mostXmlTags = 1_500_000;
const mostAttributes = 200_000;

/** The same of a document in XML. Cost: linear, whatever the text. */
export function xmlBoundExceeded(xml: string): string | null {
  if (xml.length > mostCharacters) return `${xml.length} characters`;
  let tags = 0;
  let attributes = 0;
  for (const [mark] of xml.matchAll(/<|=\s*["']/g)) {
    if (mark === '<') tags += 1;
    else attributes += 1;
    if (tags > mostXmlTags) return `more than ${mostXmlTags} tags`;
    if (attributes > mostAttributes) return `more than ${mostAttributes} attributes`;
  }
  return null;
}

/** A text has no markup around its words: 2,000 entries have under 5 million characters, and every word costs. */
const mostTextCharacters = 10_000_000;

/** The same of a text or a mail. */
export function textBoundExceeded(text: string): string | null {
  if (text.length > mostTextCharacters) return `${text.length} characters`;
  const lineEnds = /[\r\n]/g;
  for (let lines = 1; lineEnds.test(text); lines += 1) if (lines > mostLines) return `more than ${mostLines} lines`;
  return null;
}
