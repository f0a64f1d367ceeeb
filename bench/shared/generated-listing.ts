import { author } from '../../tests/arxiv/listing-html.ts';
import type { PageEntry, PageSection } from '../../tests/arxiv/listing-html.ts';

/** Listings that nobody wrote: every day has its own, the same at each call. */

/** Words that subscriptions ask for, each in about one paper of twelve, and words that fill the rest. */
export const topics = [
  'consensus',
  'serverless',
  'checkpointing',
  'scheduling',
  'blockchain',
  'stencil',
  'federated',
  'replication',
  'workflow',
  'compiler',
  'caching',
  'quantum',
] as const;
const fillers =
  'fast robust towards learning distributed memory latency throughput heterogeneous clusters survey scalable energy aware graph tensor accelerators edge storage fault tolerant adaptive parallel systems modelling'.split(
    ' ',
  );

const subject = '<span class="primary-subject">Distributed, Parallel, and Cluster Computing (cs.DC)</span>';
const foreignSubject =
  '<span class="primary-subject">Machine Learning (cs.LG)</span>; Distributed, Parallel, and Cluster Computing (cs.DC)';

export type GeneratedListing = {
  readonly sections: readonly PageSection[];
  readonly total: number;
  /** Ids of its new and cross-listed papers, with the topic of each. */
  readonly papers: readonly { readonly id: string; readonly topic: string }[];
};

/** The listing of a working day: 60 to 100 entries, of them a fifth cross-listed and a fifth replaced. */
export function generatedListing(date: string): GeneratedListing {
  const random = randomOf(Number(date.replaceAll('-', '')));
  const total = 60 + Math.floor(random() * 41);
  const fifth = Math.floor(total / 5);
  const firstNumber = Number(date.slice(-2)) * 200;
  const month = date.slice(2, 4) + date.slice(5, 7);
  const papers: { id: string; topic: string }[] = [];
  const entry = (given: PageEntry): PageEntry => {
    const topic = pick(topics, random);
    const id = `${month}.${String(firstNumber + papers.length).padStart(5, '0')}`;
    papers.push({ id, topic });
    return {
      id,
      title: titleWith(topic, random),
      authors: author(`Ada ${pick(fillers, random)}`),
      abstract: abstractOf(random),
      ...given,
    };
  };
  const fresh = Array.from({ length: total - 2 * fifth }, () => entry({ subjects: subject }));
  const crossed = Array.from({ length: fifth }, () =>
    entry({ subjects: foreignSubject, note: '(cross-list from cs.LG)' }),
  );
  const announced = papers.slice();
  const replaced = Array.from({ length: fifth }, (_, at) => ({
    ...entry({ subjects: subject, note: '(replaced)' }),
    // Of another year, so that nobody was told of it.
    id: `25${month.slice(2)}.${String(firstNumber + at).padStart(5, '0')}`,
  }));
  return {
    total,
    papers: announced,
    sections: [section('New', fresh), section('Cross', crossed), section('Replacement', replaced)],
  };
}

function section(kind: string, entries: readonly PageEntry[]): PageSection {
  return { title: `${kind} submissions (showing ${entries.length} of ${entries.length} entries)`, entries };
}

function titleWith(topic: string, random: () => number): string {
  const words = Array.from({ length: 6 }, () => pick(fillers, random));
  words[Math.floor(random() * words.length)] = topic;
  return words.join(' ');
}

function abstractOf(random: () => number): string {
  return Array.from(
    { length: 12 },
    () => `We ${Array.from({ length: 12 }, () => pick(fillers, random)).join(' ')}.`,
  ).join(' ');
}

function pick<T>(among: readonly T[], random: () => number): T {
  const picked = among[Math.floor(random() * among.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

/** A small generator of numbers in [0, 1) (mulberry32): the same seed gives the same numbers. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
