import type { load } from 'cheerio/slim';
import { restoredLink } from './restored-link.ts';

/** Any node of a page: an element, a text, a comment. */
export type PageNode = Exclude<Parameters<typeof load>[0], string | Buffer | readonly unknown[]>;

/** The text that the author gave, by paragraphs: links undone, `<br>` a break, white space single. Empty paragraphs are left out. */
export function paragraphsOf(nodes: Iterable<PageNode>): readonly string[] {
  return [...nodes]
    .map(sourceText)
    .join('')
    .split(paragraphBreak)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
}

/** The same in one line; null when there is none. */
export function lineOf(nodes: Iterable<PageNode>): string | null {
  const text = paragraphsOf(nodes).join(' ');
  return text === '' ? null : text;
}

/** Unicode's own sign for it: nothing on a page has one. */
const paragraphBreak = '\u2029';

function sourceText(node: PageNode): string {
  if (isText(node)) return node.data;
  if (!('children' in node)) return '';
  if ('name' in node && node.name === 'br') return paragraphBreak;
  const text = node.children.map(sourceText).join('');
  return 'name' in node && node.name === 'a' ? restoredLink(node.attribs['href'] ?? '', text) : text;
}

export function isText(node: PageNode): node is Extract<PageNode, { readonly data: string }> {
  return node.nodeType === 3;
}
