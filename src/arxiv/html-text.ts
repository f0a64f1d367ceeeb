import { childrenOf, isElement, isText } from './html-tree.ts';
import type { PageNode } from './html-tree.ts';
import { restoredLink } from './restored-link.ts';

/**
 * The text that the author gave, by paragraphs: links undone, `<br>` a break, white space single. Empty paragraphs are left out.
 *
 * @param without the name of elements whose text is left out
 */
export function paragraphsOf(nodes: readonly PageNode[], without?: string): readonly string[] {
  return nodes
    .map((node) => sourceText(node, without))
    .join('')
    .split(paragraphBreak)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
}

/** The same in one line; null when there is none. */
export function lineOf(nodes: readonly PageNode[], without?: string): string | null {
  const text = paragraphsOf(nodes, without).join(' ');
  return text === '' ? null : text;
}

/** Unicode's own sign for it: nothing on a page has one. */
const paragraphBreak = '\u2029';

function sourceText(node: PageNode, without: string | undefined): string {
  if (isText(node)) return node.data;
  if (isElement(node) && node.name === without) return '';
  if (isElement(node) && node.name === 'br') return paragraphBreak;
  const text = childrenOf(node)
    .map((child) => sourceText(child, without))
    .join('');
  return isElement(node) && node.name === 'a' ? restoredLink(node.attribs['href'] ?? '', text) : text;
}
