import { createHash } from 'node:crypto';
import type { MarkedPaper } from '../domain/mark.ts';
import type { Store } from '../domain/ports.ts';
import type { Subscription } from '../domain/subscription.ts';
import { withBackground } from '../match/background.ts';
import { compileSubscription } from '../match/compile.ts';
import { createTermCounter } from '../match/document-frequencies.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import type { Experience, RelatedTerm } from '../match/experience.ts';
import { relatedTerms, searchedTerms } from '../match/learn.ts';

/** What matching knows of the world: how rare words are, and what each subscription's profile learns from. */
export type Knowledge = {
  /** Counted once a day of announcements. */
  frequencies(): Promise<DocumentFrequencies>;
  /**
   * By subscription; one whose query cannot be read is left out. What past papers have in common is as of now: whoever replays past days by it
   * learns from papers of those days, too.
   */
  experienceOf(subscriptions: readonly Subscription[]): Promise<ReadonlyMap<string, Experience>>;
  /** Resolves once whoever else has something to do had their turn. */
  rest(): Promise<void>;
};

export type KnowledgeDeps = {
  readonly store: {
    readonly papers: Pick<Store['papers'], 'recent' | 'latestDay' | 'nearest'>;
    readonly marks: Pick<Store['marks'], 'of'>;
  };
  /** The shipped frequencies; asked for when they are needed first. */
  readonly background: () => DocumentFrequencies;
  readonly rest: () => Promise<void>;
};

/** Papers of the archive, the latest, that are counted on top of the shipped frequencies: about two weeks of one large category. */
const papersCounted = 2_000;
/** Papers counted between two rests: some ten milliseconds. */
const countedAtOnce = 50;
/** In an archive of fewer papers the nearest ones are not near. */
const leastPapers = 1_000;
/** Past papers looked at, of which the profile takes the thirty nearest. */
const candidates = 60;
/** What a subscription learned of past papers is learned anew after so many days of announcements, or when its words or marks change. */
const relearnDays = 5;

/** `related`: packed, 7 kB; as objects those of a thousand subscriptions would take a tenth of a gigabyte. */
type Learned = { readonly basis: string; readonly learnedAt: number; readonly related: string };

/**
 * Knowledge drawn from a store and remembered in this process.
 *
 * Cost of learning one subscription: a search of the archive on the store's own thread, then some 20 ms here, with a rest in between.
 */
export function createKnowledge({ store, background, rest }: KnowledgeDeps): Knowledge {
  const learned = new Map<string, Learned>();
  let counted: Counted | null = null;
  let counting: Promise<Counted> | null = null;
  /** Days of announcements seen by this process. */
  let days = 0;

  /** Several may ask at the same time: it is counted for all of them at once. */
  async function count(): Promise<Counted> {
    const day = await store.papers.latestDay(null);
    if (counted?.day === day) return counted;
    const present = counting ?? countArchive(day);
    counting = present;
    try {
      return await present;
    } finally {
      if (counting === present) counting = null;
    }
  }

  async function countArchive(day: string | null): Promise<Counted> {
    const recent = await store.papers.recent(papersCounted);
    const counter = createTermCounter();
    for (const [index, { paper }] of recent.entries()) {
      if (index % countedAtOnce === 0) await rest();
      counter.add(paper);
    }
    counted = { day, papers: recent.length, frequencies: withBackground(background(), counter.frequencies()) };
    days += 1;
    return counted;
  }

  async function relatedTo(
    subscription: Subscription,
    marks: readonly MarkedPaper[],
    frequencies: DocumentFrequencies,
  ): Promise<readonly RelatedTerm[] | null> {
    const read = compileSubscription(subscription);
    if (!read.ok) return null;
    const { terms } = read.value;
    const basis = basisOf(subscription, marks);
    const known = learned.get(subscription.id);
    if (known?.basis === basis && days - known.learnedAt < relearnDays) return unpackRelated(known.related);
    const found = await store.papers.nearest(searchedTerms(terms, frequencies, marks), candidates);
    await rest();
    const past = found.map(({ paper }) => paper);
    const related = packRelated(relatedTerms(terms, frequencies, { marks, past }));
    learned.set(subscription.id, { basis, learnedAt: days, related });
    return unpackRelated(related);
  }

  return {
    frequencies: async () => (await count()).frequencies,
    experienceOf: async (subscriptions) => {
      const marks = await store.marks.of(subscriptions.map(({ id }) => id));
      const { papers, frequencies } = await count();
      const experience = new Map<string, Experience>();
      for (const subscription of subscriptions) {
        const own = marks.get(subscription.id) ?? [];
        const related = papers < leastPapers ? [] : await relatedTo(subscription, own, frequencies);
        if (related !== null) experience.set(subscription.id, { marks: own, related });
      }
      return experience;
    },
    rest,
  };
}

/** `papers`: how many of the archive were counted. */
type Counted = { readonly day: string | null; readonly papers: number; readonly frequencies: DocumentFrequencies };

/** Stands for all that decides which past papers are near. */
function basisOf({ query, interests }: Subscription, marks: readonly MarkedPaper[]): string {
  const said = marks.map(({ paper, kind }) => [paper.id, kind]);
  return createHash('sha256')
    .update(JSON.stringify([query, interests, said]))
    .digest('base64url');
}

/** A line a term; its words hold neither tabs nor line breaks. */
function packRelated(related: readonly RelatedTerm[]): string {
  return related.map(({ key, text, weight }) => `${key}\t${text}\t${weight.toFixed(5)}`).join('\n');
}

function unpackRelated(packed: string): readonly RelatedTerm[] {
  return packed.split('\n').flatMap((line) => {
    const [key = '', text = '', weight = ''] = line.split('\t');
    return key === '' ? [] : [{ key, text, weight: Number(weight) }];
  });
}
