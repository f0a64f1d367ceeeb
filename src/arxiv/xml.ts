import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { xmlBoundExceeded } from './page-bounds.ts';
import type { Complain } from './unreadable.ts';

/**
 * An element: text alone, or its children by name as the document spells it (`dc:creator`), each a list; attributes are `@name`.
 * Values stay texts: 0912.5000 is an identifier, not 912.5.
 */
export type XmlElement = string | Readonly<Record<string, unknown>>;

/**
 * Reads a whole, well-formed document whose root is `<root>`.
 *
 * What arXiv never sends is refused: a DOCTYPE (its entities could grow without bound), processing instructions, nesting deeper than 30,
 * giant documents.
 *
 * @throws AppError with the line, also for a document that breaks off
 */
export function readXml(text: string, root: string, complain: Complain): XmlElement {
  const exceeded = xmlBoundExceeded(text);
  if (exceeded !== null) throw complain(null, `this has ${exceeded}, which no answer of arXiv's has; fetch it again`);
  const start = /^\s*(?:<\?xml\s[^<>]*\?>)?/.exec(text)?.[0].length ?? 0;
  const odd = /<(?:\?|!(?!--|\[CDATA\[))/.exec(text.slice(start));
  if (odd !== null) {
    const at = start + odd.index;
    const what = text.slice(at, at + 40).split(/[\s<>[]/, 2)[1] ?? '';
    throw complain(lineAt(text, at), `found <${what}…, which no answer of arXiv's has; such a document is not read`);
  }
  checkEnd(text, complain);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    throw complain(valid.err.line, `this is no well-formed XML: ${shortened(valid.err.msg)}; fetch it again`);
  }
  const roots = Object.entries(parse(text, complain));
  const [name, found] = roots[0] ?? [];
  if (roots.length !== 1 || name !== root || !Array.isArray(found) || found.length !== 1 || !isElement(found[0])) {
    throw complain(
      lineAt(text, start),
      `expected one <${root}>, found ${shortened(roots.map(([tag]) => `<${tag}>`).join(', '))}`,
    );
  }
  return found[0];
}

/** A document that breaks off is told before a parser calls it damaged in some other way. */
function checkEnd(text: string, complain: Complain): void {
  const opened = /<([A-Za-z_][^\s<>/]*)/.exec(text)?.[1];
  if (opened === undefined) throw complain(1, 'this is no XML: it has no element');
  const trimmed = text.trimEnd();
  if (
    trimmed.endsWith(`</${opened}>`) ||
    (trimmed.endsWith('/>') && trimmed.lastIndexOf('<') === text.indexOf(`<${opened}`))
  )
    return;
  throw complain(
    lineAt(text, trimmed.length),
    `the document breaks off: its <${shortened(opened)}> is not closed; fetch it again`,
  );
}

function parse(text: string, complain: Complain): Readonly<Record<string, unknown>> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    ignoreDeclaration: true,
    // Without it, numeric entities stay as they are.
    htmlEntities: true,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
    jPath: false,
    maxNestedTags: 30,
  });
  try {
    const document: unknown = parser.parse(text);
    if (isElement(document) && typeof document !== 'string') return document;
  } catch (error) {
    throw complain(null, `this XML is not read: ${shortened(error instanceof Error ? error.message : String(error))}`);
  }
  throw complain(1, 'this is no XML: it has no element');
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** The children of that name, in the document's order. */
export function elementsOf(parent: XmlElement, name: string): readonly XmlElement[] {
  const children = typeof parent === 'string' ? undefined : parent[name];
  return Array.isArray(children) ? children.filter(isElement) : [];
}

/** The texts of the children of that name; a child without text, or with elements inside, has none. */
export function textsOf(parent: XmlElement, name: string): readonly string[] {
  return elementsOf(parent, name)
    .map(ownText)
    .filter((text) => text !== '');
}

/** The text of the first such child; null when there is none. */
export function textOf(parent: XmlElement, name: string): string | null {
  return textsOf(parent, name)[0] ?? null;
}

export function attributeOf(element: XmlElement, name: string): string | null {
  const value = typeof element === 'string' ? undefined : element[`@${name}`];
  return typeof value === 'string' ? value : null;
}

/** The element's own text; empty where it has none, or elements inside. */
export function ownText(element: XmlElement): string {
  if (typeof element === 'string') return element;
  const isText = Object.keys(element).every((name) => name === '#text' || name.startsWith('@'));
  const text = element['#text'];
  return isText && typeof text === 'string' ? text : '';
}

/**
 * Elements named `name` that stand under `parent`: all of the document. One elsewhere means damage that left it well-formed, and
 * would be lost in silence.
 */
export function everyElement(
  text: string,
  parent: XmlElement,
  name: string,
  complain: Complain,
): readonly XmlElement[] {
  const found = elementsOf(parent, name);
  const all = text.match(new RegExp(`<${name}[\\s/>]`, 'g'))?.length ?? 0;
  if (found.length === all) return found;
  throw complain(null, `of ${all} <${name}> only ${found.length} stand where they belong; fetch it again`);
}

/** Line, from 1, of the `index`-th (from 0) element of that name. For errors: it reads the text from its start. */
export function lineOfElement(text: string, name: string, index: number): number | null {
  const found = text
    .matchAll(new RegExp(`<${name}[\\s/>]`, 'g'))
    .drop(index)
    .next().value;
  return found === undefined ? null : lineAt(text, found.index);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}

function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line.replace(/\.$/, '');
}
