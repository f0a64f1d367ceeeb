import type { Paper } from '../domain/paper.ts';
import type { AuthorNode, CategoryNode, IdNode } from '../query/ast.ts';
import { matchesAuthor, parseAuthorName } from '../query/author-name.ts';
import { matchesCategory } from '../query/category-pattern.ts';

/** What a query asks of a paper besides its words. */
export type FactLeaf = AuthorNode | CategoryNode | IdNode;

/** The authors, categories and identifiers that queries ask for, each told once a paper, and numbered from 0. */
export type LeafFacts = {
  /** The number of a leaf; leaves that ask for the same share it. */
  intern(leaf: FactLeaf): number;
  /** Calls `visit` with the numbers of all leaves that hold, perhaps more than once. Cost: O(words of the authors), not of the leaves. */
  eachTrue(paper: Paper, visit: (fact: number) => void): void;
};

type Fact<Leaf> = { readonly leaf: Leaf; readonly number: number };
/** Facts by the beginning or the whole of what they ask for. */
type Facts<Leaf> = Map<string, Fact<Leaf>[]>;

export function createLeafFacts(): LeafFacts {
  const numbers = new Map<string, number>();
  const families: Facts<AuthorNode> = new Map();
  const familyBeginnings: Facts<AuthorNode> = new Map();
  const categories: Fact<CategoryNode>[] = [];
  const categoriesByCode = new Map<string, readonly Fact<CategoryNode>[]>();
  const ids: Facts<IdNode> = new Map();
  const idBeginnings: Facts<IdNode> = new Map();

  return { intern, eachTrue };

  function intern(leaf: FactLeaf): number {
    const key = keyOf(leaf);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(key, number);
    switch (leaf.kind) {
      case 'author': {
        const family = leaf.name.at(-1) ?? '';
        // An initial stands for any name that begins with it.
        put(leaf.prefix || family.length === 1 ? familyBeginnings : families, family, { leaf, number });
        break;
      }
      case 'category':
        categories.push({ leaf, number });
        categoriesByCode.clear();
        break;
      default:
        put(leaf.prefix ? idBeginnings : ids, leaf.id, { leaf, number });
    }
    return number;
  }

  function eachTrue(paper: Paper, visit: (fact: number) => void): void {
    if (numbers.size === 0) return;
    const id = paper.id.toLowerCase();
    for (const { number } of ids.get(id) ?? []) visit(number);
    eachBeginning(idBeginnings, id, ({ number }) => visit(number));
    for (const code of paper.categories) for (const { number } of categoriesOf(code)) visit(number);
    if (families.size === 0 && familyBeginnings.size === 0) return;
    for (const written of paper.authors) {
      const author = parseAuthorName(written);
      if (author === null) continue;
      const meet = ({ leaf, number }: Fact<AuthorNode>): void => {
        if (matchesAuthor(leaf.name, author, leaf.prefix)) visit(number);
      };
      for (const word of author) {
        families.get(word)?.forEach(meet);
        eachBeginning(familyBeginnings, word, meet);
      }
    }
  }

  function categoriesOf(code: string): readonly Fact<CategoryNode>[] {
    const known = categoriesByCode.get(code);
    if (known !== undefined) return known;
    const found = categories.filter(({ leaf }) => matchesCategory(leaf.pattern, code));
    categoriesByCode.set(code, found);
    return found;
  }
}

function put<Leaf>(facts: Facts<Leaf>, text: string, fact: Fact<Leaf>): void {
  const known = facts.get(text);
  if (known === undefined) facts.set(text, [fact]);
  else known.push(fact);
}

function eachBeginning<Leaf>(facts: Facts<Leaf>, text: string, visit: (fact: Fact<Leaf>) => void): void {
  if (facts.size === 0) return;
  for (let length = 0; length <= text.length; length++) facts.get(text.slice(0, length))?.forEach(visit);
}

function keyOf(leaf: FactLeaf): string {
  switch (leaf.kind) {
    case 'author':
      return `author ${leaf.name.join(' ')}${leaf.prefix ? '*' : ''}`;
    case 'category':
      return `cat ${leaf.pattern.code} ${leaf.pattern.reach}`;
    default:
      return `id ${leaf.id}${leaf.prefix ? '*' : ''}`;
  }
}
