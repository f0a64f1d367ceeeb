import type { load } from 'cheerio/slim';

/** Any node of a page: an element, a text, a comment, the page itself. */
export type PageNode = Exclude<Parameters<typeof load>[0], string | Buffer | readonly unknown[]>;
export type PageElement = Extract<PageNode, { readonly attribs: object }>;

/**
 * The elements below `root` in the order of the page, or those of that `name`. Cost: linear, whatever the page; cheerio's own `find`
 * compares what it found with one another.
 */
export function* elementsIn(root: PageNode, name?: string): Generator<PageElement> {
  const waiting: PageNode[] = childrenOf(root).toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isElement(node)) continue;
    if (name === undefined || node.name === name) yield node;
    for (let child = node.lastChild; child !== null; child = child.previousSibling) waiting.push(child);
  }
}

export function childrenOf(node: PageNode): readonly PageNode[] {
  return 'children' in node ? node.children : [];
}

/** The element behind `element`, if it has that name; texts between do not count. */
export function nextElement(element: PageElement, name: string): PageElement | null {
  let next: PageNode | null = element.nextSibling;
  while (next !== null && !isElement(next)) next = next.nextSibling;
  return next?.name === name ? next : null;
}

export function isElement(node: PageNode): node is PageElement {
  return 'attribs' in node;
}

export function isText(node: PageNode): node is Extract<PageNode, { readonly data: string }> {
  return node.nodeType === 3;
}

export function classesOf(element: PageElement): readonly string[] {
  return (element.attribs['class'] ?? '').split(/\s+/);
}
