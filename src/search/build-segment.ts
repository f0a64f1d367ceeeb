import { categorySpellings } from '../domain/category-spellings.ts';
import type { Paper } from '../domain/paper.ts';
import { parseAuthorName } from '../query/author-name.ts';
import { eachWord } from '../text/tokens.ts';
import type { Word } from '../text/words.ts';
import { createBlockWriter } from './block.ts';
import type { Block } from './block.ts';
import { putVarint } from './bytes.ts';
import { dayNumber, encodeDocuments } from './documents.ts';
import type { DocumentFacts } from './documents.ts';
import { postingsWriter, putDocument, takePostings } from './postings.ts';
import { authorTerm, categoryTerm, listedWord, wordTerm } from './terms.ts';

/** A paper to be found. `announced`: ISO date of its first announcement; `replaces`: it may have been put before. */
export type PaperToIndex = {
  readonly seq: number;
  readonly replaces: boolean;
  readonly paper: Paper;
  readonly announced: string;
};

/** Documents with their own dictionary, as they are stored. `heads`: the first term of every block. */
export type EncodedSegment = {
  readonly count: number;
  readonly documents: Uint8Array;
  readonly heads: readonly string[];
  readonly blocks: readonly Block[];
};

/** Words of a field that are found; the longest abstract has some 400. Together they fit in two bytes. */
const wordsOfAField = 32_000;
/** Places that a name takes: a longer one takes those of several. */
export const placesOfAName = 64;

/** Cost: 70 microseconds a paper in batches of a thousand (2026-11-23), most of it cutting texts into words. */
export function buildSegment(papers: readonly PaperToIndex[]): EncodedSegment {
  const tokens = createTokens();
  const facts = papers.map(({ seq, replaces, paper, announced }, document): DocumentFacts => {
    const titleLength = tokens.words('t', paper.title, document, 0);
    // The gap of one between title and abstract keeps phrases from crossing it.
    const abstractLength = tokens.words('t', paper.abstract ?? '', document, titleLength + 1);
    tokens.words('c', paper.comments ?? '', document, 0);
    tokens.authors(paper.authors, document);
    // By every code that means the same: whichever is asked for, it is found.
    const codes = new Set(paper.categories.flatMap(categorySpellings));
    [...codes].forEach((code, index) => tokens.add(categoryTerm(code), document, index));
    const length = titleLength + abstractLength;
    return { seq, replaces, id: new TextEncoder().encode(paper.id), day: dayNumber(announced), length, titleLength };
  });
  return { count: facts.length, documents: encodeDocuments(facts), ...tokens.blocks(facts) };
}

/** Every word of the papers with its places, in the order in which they come: by document, then by place. */
function createTokens() {
  const numbers = new Map<string, number>();
  const words = { t: new Map<string, number>(), c: new Map<string, number>() };
  const terms: string[] = [];
  let size = 0;
  let termOf = new Uint32Array(1 << 12);
  let documentOf = new Uint32Array(1 << 12);
  let placeOf = new Uint32Array(1 << 12);

  function put(term: number, document: number, place: number): void {
    if (size === termOf.length) {
      [termOf, documentOf, placeOf] = [grown(termOf), grown(documentOf), grown(placeOf)];
    }
    termOf[size] = term;
    documentOf[size] = document;
    placeOf[size] = place;
    size += 1;
  }

  function numberOf(term: string): number {
    const known = numbers.get(term);
    if (known !== undefined) return known;
    numbers.set(term, terms.length);
    return terms.push(term) - 1;
  }

  /** Making the term of a word takes longer than finding the word. */
  function wordNumber(place: 't' | 'c', { folded, stem }: Word): number {
    const known = words[place].get(folded);
    if (known !== undefined) return known;
    const number = terms.push(wordTerm(place, folded, stem)) - 1;
    words[place].set(folded, number);
    return number;
  }

  return {
    add: (term: string, document: number, place: number) => put(numberOf(term), document, place),

    /** Returns how many words there are. */
    words: (place: 't' | 'c', text: string, document: number, first: number): number => {
      let length = 0;
      eachWord(text, (word) => {
        if (length === wordsOfAField) return;
        put(wordNumber(place, word), document, first + length);
        length += 1;
      });
      return length;
    },

    authors: (authors: readonly string[], document: number) => {
      let first = 0;
      for (const author of authors) {
        const name = parseAuthorName(author) ?? [];
        name.forEach((word, index) => put(numberOf(authorTerm(word)), document, first + index));
        first += placesOfAName * Math.max(1, Math.ceil(name.length / placesOfAName));
      }
    },

    blocks: (facts: readonly DocumentFacts[]): Pick<EncodedSegment, 'blocks' | 'heads'> => {
      const { starts, order } = sortedByTerm(termOf.subarray(0, size), terms.length);
      const writer = createBlockWriter();
      const postings = postingsWriter();
      const counts = new Uint32Array(terms.length);
      const inOrder = [...terms.entries()].toSorted(([, a], [, b]) => (a < b ? -1 : 1));
      for (const [number, term] of inOrder) {
        const isWord = term.startsWith('t');
        const end = starts[number + 1] ?? 0;
        let at = starts[number] ?? 0;
        while (at < end) {
          const document = documentOf[order[at] ?? 0] ?? 0;
          const titleLength = isWord ? (facts[document]?.titleLength ?? 0) : 0;
          const from = at;
          let inTitle = 0;
          let last = 0;
          for (; at < end; at += 1) {
            const token = order[at] ?? 0;
            if (documentOf[token] !== document) break;
            const place = placeOf[token] ?? 0;
            if (place < titleLength) inTitle += 1;
            putVarint(postings.positions, place - last);
            last = place;
          }
          putDocument(postings, document, inTitle, at - from - inTitle);
        }
        counts[number] = postings.count;
        writer.add({ term, ...takePostings(postings) });
      }
      // Behind all others, for no other term begins with a later letter than 'w'.
      for (const folded of [...new Set([...words.t.keys(), ...words.c.keys()])].toSorted(byCodeUnits)) {
        const number = words.t.get(folded);
        const count = number === undefined ? 0 : (counts[number] ?? 0);
        writer.add({ term: listedWord(folded), count, last: 0, docs: nothing, positions: nothing });
      }
      return writer.end();
    },
  };
}

const nothing = new Uint8Array();

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** Tokens by term, those of a term in the order in which they came (counting sort). */
function sortedByTerm(termOf: Uint32Array, terms: number): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(terms + 1);
  for (const term of termOf) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
  for (let term = 0; term < terms; term += 1) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(termOf.length);
  for (let token = 0; token < termOf.length; token += 1) {
    const term = termOf[token] ?? 0;
    const place = next[term] ?? 0;
    order[place] = token;
    next[term] = place + 1;
  }
  return { starts, order };
}
