import type { AnnouncedPaper } from '../../src/domain/paper.ts';
import { subscriptionSchema } from '../../src/domain/subscription.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { withBackground } from '../../src/match/background.ts';
import { compileSubscription } from '../../src/match/compile.ts';
import type { CompiledSubscription } from '../../src/match/compile.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import type { DocumentFrequencies } from '../../src/match/document-frequencies.ts';
import type { Experience, KnownPaper } from '../../src/match/experience.ts';
import { nearestPast, relatedTerms } from '../../src/match/learn.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import { paperVector } from '../../src/match/paper-vector.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { plainTfIdf } from './plain-tf-idf.ts';
import { countDay, recallOf, startTally } from './tally.ts';
import type { Recall, Tally } from './tally.ts';

/** A subject that people curated: papers in order of announcement. */
export type Topic = {
  readonly id: string;
  readonly keywords: readonly string[];
  readonly positives: readonly string[];
};

export type TopicResult = Recall & { readonly id: string; readonly baseline: Recall };

/** Profiles and frequencies learn from the past so often. */
const relearnDays = 7;
/** Of a week's matches, so many are looked at when the nearest of the past are chosen. */
const candidatesAWeek = 30;
/** The archive's latest papers that tell how common terms are. */
const countedPapers = 2_000;
/** With fewer marks, too, the replay begins after the fifth positive's day. */
const leastGiven = 5;

type Replayed = {
  readonly subscription: Subscription;
  readonly plain: (vector: ReturnType<typeof paperVector>, frequencies: DocumentFrequencies) => number;
  /** The replay begins after this day; until then scores are only remembered. */
  readonly givenUntil: string;
  readonly tested: ReadonlySet<string>;
  readonly experience: Experience;
  readonly past: readonly KnownPaper[];
  /** The week's matches, any order. */
  readonly week: readonly { readonly paper: KnownPaper; readonly score: number }[];
  readonly ours: Tally;
  readonly baseline: Tally;
};

/**
 * Replays a stream of papers day by day for subscriptions whose interests are the topics' keywords, best of a day and by a threshold,
 * through the functions that match and send. A day is matched with what was known before it: profiles learn from past days only, and so
 * does the threshold. A topic without papers to test, or unknown ones alone, is left out.
 *
 * @param papers in any order, each with a date
 * @param feedback so many of the first positives were marked 👍 before the replay, which begins after the day of positive `given`, the
 *   fifth at the earliest
 */
export function replay(
  papers: readonly AnnouncedPaper[],
  topics: readonly Topic[],
  { budget, feedback, given }: { readonly budget: number; readonly feedback: number; readonly given: number },
  background: DocumentFrequencies,
): TopicResult[] {
  const byId = new Map(papers.map((announced) => [announced.paper.id, announced]));
  const days = [...Map.groupBy(papers, ({ date }) => date ?? '')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  let replayed = topics.flatMap((topic) => startReplay(topic, byId, { budget, feedback, given }));
  let counted: AnnouncedPaper[] = [];
  let frequencies = background;
  let matcher = createMatcher([], frequencies);
  for (const [index, [date, ofDay]] of days.entries()) {
    if (index % relearnDays === 0) {
      frequencies = withBackground(background, countDocumentFrequencies(counted.map(({ paper }) => paper)));
      replayed = replayed.map((one) => learnPast(one, frequencies));
      matcher = createMatcher(
        replayed.map((one) => compiled(one.subscription, one.experience)),
        frequencies,
      );
    }
    const scores = new Map(replayed.map(({ subscription }) => [subscription.id, new Map<string, number>()]));
    const vectors = ofDay.map(({ paper }) => paperVector(analysePaper(paper), frequencies));
    for (const announced of ofDay) {
      for (const match of matcher.match(announced)) scores.get(match.subscription)?.set(match.paper, match.score);
    }
    replayed = replayed.map((one) => {
      const ofSubscription = scores.get(one.subscription.id);
      const isTest = date > one.givenUntil;
      const day = ofDay.map(({ paper }, place) => {
        const vector = vectors[place];
        return {
          paper,
          ours: ofSubscription?.get(paper.id) ?? 0,
          plain: vector === undefined ? 0 : one.plain(vector, frequencies),
        };
      });
      const best = day.filter(({ ours }) => ours > 0).map(({ paper, ours }) => ({ paper, score: ours }));
      return {
        ...one,
        week: [...one.week, ...best].toSorted((a, b) => b.score - a.score).slice(0, candidatesAWeek),
        ours: countDay(
          one.ours,
          day.map(({ paper, ours }) => ({ id: paper.id, score: ours })),
          one.tested,
          isTest,
        ),
        baseline: countDay(
          one.baseline,
          day.map(({ paper, plain }) => ({ id: paper.id, score: plain })),
          one.tested,
          isTest,
        ),
      };
    });
    counted = [...counted, ...ofDay].slice(-countedPapers);
  }
  return replayed.map((one) => ({
    id: one.subscription.id,
    ...recallOf(one.ours, one.tested.size),
    baseline: recallOf(one.baseline, one.tested.size),
  }));
}

function startReplay(
  topic: Topic,
  byId: ReadonlyMap<string, AnnouncedPaper>,
  { budget, feedback, given }: { readonly budget: number; readonly feedback: number; readonly given: number },
): Replayed[] {
  const positives = topic.positives.flatMap((id) => byId.get(id) ?? []);
  const last = positives[Math.max(leastGiven, given) - 1]?.date;
  if (last === undefined || last === null) return [];
  const tested = new Set(positives.filter(({ date }) => date !== null && date > last).map(({ paper }) => paper.id));
  if (tested.size === 0) return [];
  const interests = topic.keywords.join(', ');
  const marks = positives.slice(0, feedback).map(({ paper }) => ({ paper, kind: 'up' as const }));
  return [
    {
      subscription: subscriptionSchema.parse({ id: topic.id, interests, maxPapers: budget }),
      plain: plainTfIdf(interests),
      givenUntil: last,
      tested,
      experience: { marks, related: [] },
      past: [],
      week: [],
      ours: startTally(budget),
      baseline: startTally(budget),
    },
  ];
}

function learnPast(one: Replayed, frequencies: DocumentFrequencies): Replayed {
  const { marks } = one.experience;
  const { terms } = compiled(one.subscription, one.experience);
  const past = nearestPast(terms, frequencies, { marks, past: [...one.past, ...one.week.map(({ paper }) => paper)] });
  return { ...one, week: [], past, experience: { marks, related: relatedTerms(terms, frequencies, { marks, past }) } };
}

function compiled(subscription: Subscription, experience: Experience): CompiledSubscription {
  const result = compileSubscription(subscription, experience);
  if (!result.ok) throw new Error(`topic ${subscription.id}: ${result.error.message}`);
  return result.value;
}
