import type { AuthorNode, CategoryNode, IdNode, LeafNode, TermNode } from '../query/ast.ts';
import { matchesCategory } from '../query/category-pattern.ts';
import type { WordPattern } from '../text/phrase.ts';
import { authorBits } from './author-bits.ts';
import { noBits, removeBits, setBit } from './bits.ts';
import type { Bits } from './bits.ts';
import type { Entry } from './block.ts';
import { bitsOf, hitsOf, livingHits } from './hits.ts';
import type { Hits } from './hits.ts';
import { entriesIn } from './index-snapshot.ts';
import type { BlockPart, IndexSnapshot } from './index-snapshot.ts';
import { phraseHits, wordCountsOf } from './phrase-hits.ts';
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

/** What a leaf of a query is found in, by segment; without hits where it does not rank. */
export type LeafHits = { readonly bits: readonly Bits[]; readonly hits: readonly Hits[] | null };

/** Whether papers rank by how often it is in them. The others only select: every paper has them alike, or hardly so. */
export function ranks(leaf: LeafNode): leaf is TermNode {
  return leaf.kind === 'term' && leaf.field !== 'comments';
}

/** Where a leaf is found. Reads only what it needs; living documents only. */
export async function leafHits(leaf: LeafNode, snapshot: IndexSnapshot): Promise<LeafHits> {
  if (leaf.kind === 'term') {
    const hits = await termHits(leaf, snapshot);
    const bits = hits.map((each, index) => bitsOf(each, snapshot.segments[index]?.documents.count ?? 0));
    return { bits, hits: ranks(leaf) ? hits : null };
  }
  const bits = await selected(leaf, snapshot);
  for (const [index, { dead }] of snapshot.segments.entries()) {
    const own = bits[index];
    if (dead !== null && own !== undefined) removeBits(own, dead);
  }
  return { bits, hits: null };
}

async function termHits({ phrase, field }: TermNode, snapshot: IndexSnapshot): Promise<Hits[]> {
  const place = field === 'comments' ? 'c' : 't';
  const searched = field === 'comments' ? null : field;
  const words: Entry[][][] = [];
  for (const pattern of phrase) {
    words.push(await wordEntries(pattern, place, snapshot, phrase.length > 1 ? 'positions' : 'docs'));
  }
  return snapshot.segments.map(({ documents, dead }, index) => {
    const lists = words.map((bySegment) => bySegment[index] ?? []);
    const [only = []] = lists;
    if (lists.length === 1) return livingHits(hitsOf(only, searched, documents.count), dead);
    const counts = place === 'c' ? wordCountsOf(lists, documents.count) : documents;
    return livingHits(phraseHits(lists, searched, counts), dead);
  });
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

function selected(leaf: Exclude<LeafNode, TermNode>, snapshot: IndexSnapshot): Promise<Bits[]> {
  switch (leaf.kind) {
    case 'author':
      return authorsBits(leaf, snapshot);
    case 'category':
      return categoryBits(leaf, snapshot);
    default:
      return Promise.resolve(idBits(leaf, snapshot));
  }
}

/** The words of a name that agree with each word asked for, as `matchesAuthor` compares them. */
async function authorsBits({ name, prefix }: AuthorNode, snapshot: IndexSnapshot): Promise<Bits[]> {
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
  return snapshot.segments.map(({ documents }, index) =>
    authorBits(
      words.map((bySegment) => bySegment[index] ?? []),
      documents.count,
    ),
  );
}

async function categoryBits({ pattern }: CategoryNode, snapshot: IndexSnapshot): Promise<Bits[]> {
  const all = await entriesIn(snapshot, () => [beginningWith(categoryTerm(pattern.code))], 'docs');
  return snapshot.segments.map(({ documents }, index) => {
    const meant = (all[index] ?? []).filter(({ term }) => matchesCategory(pattern, term.slice(1)));
    return bitsOf(hitsOf(meant, null, documents.count), documents.count);
  });
}

/** Identifiers are in memory: comparing them all takes a few milliseconds for a million. */
function idBits({ id, prefix }: IdNode, snapshot: IndexSnapshot): Bits[] {
  const wanted = new TextEncoder().encode(id);
  return snapshot.segments.map(({ documents }) => {
    const bits = noBits(documents.count);
    for (let document = 0; document < documents.count; document += 1) {
      const start = documents.idStarts[document] ?? 0;
      const length = (documents.idStarts[document + 1] ?? 0) - start;
      if (length < wanted.length || (!prefix && length > wanted.length)) continue;
      if (beginsWith(documents.ids, start, wanted)) setBit(bits, document);
    }
    return bits;
  });
}

/** In any case: a capital letter of ASCII is 32 below the small one. */
function beginsWith(ids: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index += 1) {
    const byte = ids[start + index] ?? 0;
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== wanted[index]) return false;
  }
  return true;
}
