import type { AuthorNode, CategoryNode, IdNode, LeafNode, TermNode } from '../query/ast.ts';
import { matchesCategory } from '../query/category-pattern.ts';
import type { WordPattern } from '../text/phrase.ts';
import { addAuthors } from './add-authors.ts';
import { addPhrase, wordCountsOf } from './add-phrase.ts';
import { setBit } from './bits.ts';
import type { Entry } from './block.ts';
import { addDocuments, addPostings } from './found.ts';
import type { Found } from './found.ts';
import { entriesIn } from './index-snapshot.ts';
import type { BlockPart, IndexSnapshot } from './index-snapshot.ts';
import {
  authorTerm,
  beginningWith,
  categoryTerm,
  exactly,
  listedWord,
  wordOfTerm,
  wordsOfStem,
  wordTerm,
} from './terms.ts';
import type { TermRange, WordPlace } from './terms.ts';

/** Adds where a leaf is found in a segment, the `index`th of the snapshot; the dead are among them. Without weights where it does not rank. */
export type LeafFinder = (index: number, into: Found) => void;

/** Whether papers rank by how often it is in them. The others only select: every paper has them alike, or hardly so. */
export function ranks(leaf: LeafNode): leaf is TermNode {
  return leaf.kind === 'term' && leaf.field !== 'comments';
}

/** Reads what it needs to find a leaf, of all segments at once. */
export function leafFinder(leaf: LeafNode, snapshot: IndexSnapshot): Promise<LeafFinder> {
  switch (leaf.kind) {
    case 'term':
      return termFinder(leaf, snapshot);
    case 'author':
      return authorFinder(leaf, snapshot);
    case 'category':
      return categoryFinder(leaf, snapshot);
    default:
      return Promise.resolve(idFinder(leaf, snapshot));
  }
}

async function termFinder({ phrase, field }: TermNode, snapshot: IndexSnapshot): Promise<LeafFinder> {
  const place = field === 'comments' ? 'c' : 't';
  const searched = field === 'comments' ? null : field;
  const words: Entry[][][] = [];
  for (const pattern of phrase) {
    words.push(await wordEntries(pattern, place, snapshot, phrase.length > 1 ? 'positions' : 'docs'));
  }
  return (index, into) => {
    const lists = words.map((bySegment) => bySegment[index] ?? []);
    const [only = []] = lists;
    const documents = snapshot.segments[index]?.documents;
    if (documents === undefined) return;
    if (lists.length === 1) for (const list of only) addPostings(list, searched, into);
    else addPhrase(lists, searched, place === 'c' ? wordCountsOf(lists, documents.count) : documents, into);
  };
}

/** The words that a pattern means, by segment. */
async function wordEntries(
  pattern: WordPattern,
  place: WordPlace,
  snapshot: IndexSnapshot,
  part: BlockPart,
): Promise<Entry[][]> {
  switch (pattern.by) {
    case 'stem':
      return entriesIn(snapshot, () => [wordsOfStem(place, pattern.stem)], part);
    case 'exact':
      return entriesIn(snapshot, () => [exactly(wordTerm(place, pattern.folded))], part);
    default: {
      // Words stand by their stems; which of them begin so is listed apart.
      const listed = await entriesIn(snapshot, () => [beginningWith(listedWord(pattern.prefix))], 'terms');
      const ranges = listed.map((words) => words.map(({ term }) => exactly(wordTerm(place, wordOfTerm(term)))));
      return entriesIn(snapshot, (index) => ranges[index] ?? [], part);
    }
  }
}

/** The words of a name that agree with each word asked for, as `matchesAuthor` compares them. */
async function authorFinder({ name, prefix }: AuthorNode, snapshot: IndexSnapshot): Promise<LeafFinder> {
  const words: Entry[][][] = [];
  for (const [index, word] of name.entries()) {
    const isLast = index === name.length - 1;
    const isInitial = word.length === 1;
    const ranges: TermRange[] =
      isInitial || (isLast && prefix)
        ? [beginningWith(authorTerm(word))]
        : [exactly(authorTerm(word)), ...(isLast ? [] : [exactly(authorTerm(word.slice(0, 1)))])];
    words.push(await entriesIn(snapshot, () => ranges, name.length > 1 ? 'positions' : 'docs'));
  }
  return (index, { bits }) => {
    addAuthors(
      words.map((bySegment) => bySegment[index] ?? []),
      bits,
    );
  };
}

async function categoryFinder({ pattern }: CategoryNode, snapshot: IndexSnapshot): Promise<LeafFinder> {
  const all = await entriesIn(snapshot, () => [beginningWith(categoryTerm(pattern.code))], 'docs');
  return (index, { bits }) => {
    for (const list of all[index] ?? []) {
      if (matchesCategory(pattern, list.term.slice(1))) addDocuments(list, bits);
    }
  };
}

/** Identifiers are in memory: comparing them all takes a few milliseconds for a million. */
function idFinder({ id, prefix }: IdNode, snapshot: IndexSnapshot): LeafFinder {
  const wanted = new TextEncoder().encode(id);
  return (index, { bits }) => {
    const documents = snapshot.segments[index]?.documents;
    if (documents === undefined) return;
    for (let document = 0; document < documents.count; document += 1) {
      const start = documents.idStarts[document] ?? 0;
      const length = (documents.idStarts[document + 1] ?? 0) - start;
      if (length < wanted.length || (!prefix && length > wanted.length)) continue;
      if (beginsWith(documents.ids, start, wanted)) setBit(bits, document);
    }
  };
}

/** In any case: a capital letter of ASCII is 32 below the small one. */
function beginsWith(ids: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index += 1) {
    const byte = ids[start + index] ?? 0;
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== wanted[index]) return false;
  }
  return true;
}
