import type { CategoryNode, LeafNode, QueryNode, TermNode } from './ast.ts';

/**
 * How a query was read, as a clause of English for who typed it: `molecules OR LLMs -survey*` is
 * “any of: molecules (molecul…); exactly LLMs, without words that begin with survey”.
 *
 * Words are shown as they were typed; behind them stands what counts as the same: `molecul…` for its stem. Not escaped for Markdown.
 */
export function describeQuery(query: QueryNode): string {
  return query.kind === 'or' ? `any of: ${query.children.map((child) => clause(child)).join('; ')}` : clause(query);
}

function clause(node: QueryNode): string {
  switch (node.kind) {
    case 'or':
      return `any of (${node.children.map((child) => clause(child)).join('; ')})`;
    case 'and':
      return conjunction(node.children);
    case 'not':
      return `without ${operand(node.child)}`;
    default:
      return leafClause(node);
  }
}

/** What is looked for comes first. */
function conjunction(children: readonly QueryNode[]): string {
  const wanted = children.filter(({ kind }) => kind !== 'not').map((child) => clause(child));
  const unwanted = children.filter(({ kind }) => kind === 'not').map((child) => clause(child));
  return [wanted.join(' and '), ...unwanted].filter((part) => part !== '').join(', ');
}

function operand(node: QueryNode): string {
  return node.kind === 'and' || node.kind === 'not' ? `(${clause(node)})` : clause(node);
}

function leafClause(leaf: LeafNode): string {
  switch (leaf.kind) {
    case 'term':
      return `${termClause(leaf)}${leaf.field === null ? '' : ` in the ${leaf.field}`}`;
    case 'author':
      return leaf.prefix ? `by an author whose name begins with ${withoutStar(leaf.text)}` : `by ${leaf.text}`;
    case 'category':
      return categoryClause(leaf);
    default:
      return leaf.prefix ? `papers whose identifier begins with ${leaf.id}` : `paper ${leaf.id}`;
  }
}

function termClause({ text, phrase }: TermNode): string {
  const [only] = phrase;
  if (phrase.length === 1 && only?.by === 'exact') return `exactly ${text}`;
  if (phrase.length === 1 && only?.by === 'prefix') return `words that begin with ${withoutStar(text)}`;
  const typed = withoutStar(text).split(/[^\p{L}\p{M}\p{N}]+/u);
  const readings = phrase.map((word, index) => {
    const written = typed[index] ?? '';
    if (word.by === 'exact') return `exactly ${written}`;
    if (word.by === 'prefix') return `any word that begins with ${written}`;
    const kept = commonStart(written, word.stem);
    // A stem in other letters (ﬁ is fi) would say nothing, and that a last e or y does not count would only puzzle: nam…, surve….
    return kept === '' || /^[ey]?$/.test(written.slice(kept.length)) ? '' : `${kept}…`;
  });
  const notes = readings.filter((reading) => reading !== '').join(', ');
  const quoted = phrase.length > 1 ? `“${text}”` : text;
  return notes === '' ? quoted : `${quoted} (${notes})`;
}

function categoryClause({ text, pattern }: CategoryNode): string {
  if (pattern.reach === 'prefix') return `in categories that begin with ${withoutStar(text)}`;
  const written = text.replace(/\.?\*$/, '');
  const isAlias = written.toLowerCase() !== pattern.code;
  return `in ${written}${isAlias ? ` (which is ${pattern.code.replace(/\.[a-z]{2}$/, (below) => below.toUpperCase())})` : ''}`;
}

function withoutStar(text: string): string {
  return text.replace(/\*$/, '');
}

/** As much of what was written as the stem begins with, in any case. */
function commonStart(written: string, stem: string): string {
  const lower = written.toLowerCase();
  let length = 0;
  while (length < stem.length && lower[length] === stem[length]) length += 1;
  return written.slice(0, length);
}
