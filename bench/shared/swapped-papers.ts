import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { paperLineSchema } from '../../src/domain/paper.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { DatedPaper } from '../../src/domain/ports.ts';

/** The share of its words that every copy has from other papers. */
const swappedShare = 0.2;

/** The papers of a file in JSON Lines, packed by gzip. */
export async function readPapers(file: string): Promise<DatedPaper[]> {
  const papers: DatedPaper[] = [];
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines) {
    const { paper, date } = paperLineSchema.parse(JSON.parse(line));
    papers.push({ paper, announced: date ?? '2025-01-01' });
  }
  return papers;
}

/**
 * The papers so many times over. A fifth of the words of each, chosen by chance, are words that stand somewhere in another paper, so that
 * the archive has as many combinations as one of its size. The same every time. Every further copy has identifiers of its own.
 */
export function* swappedCopies(papers: readonly DatedPaper[], copies: number): Generator<DatedPaper> {
  const random = randomNumbers(1);
  const texts = papers.map(({ paper }) => wordsOf(`${paper.title} ${paper.abstract ?? ''}`));
  const anyWord = (): string => {
    const words = texts[Math.floor(random() * texts.length)] ?? [];
    return words[Math.floor(random() * words.length)] ?? '';
  };
  const swapped = (text: string): string =>
    wordsOf(text)
      .map((word) => (random() < swappedShare ? anyWord() : word))
      .join(' ');
  for (let copy = 0; copy < copies; copy += 1) {
    for (const { paper, announced } of papers) {
      const changed: Paper = {
        ...paper,
        id: copy === 0 ? paper.id : `${paper.id}c${copy}`,
        title: swapped(paper.title),
        abstract: paper.abstract === null ? null : swapped(paper.abstract),
      };
      yield { paper: changed, announced };
    }
  }
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** From 0 up to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
