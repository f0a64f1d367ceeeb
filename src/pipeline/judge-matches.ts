import type { Calibration, DayVolume } from '../domain/calibration.ts';
import type { Occasion } from '../domain/delivery.ts';
import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { chooseOfListing } from '../match/day-volume.ts';
import { kindIn } from '../match/kind-in.ts';

/**
 * What becomes of a match: `sent`; or not, because its target was `promised` the paper before, it is less relevant than the subscription
 * asks (`score`), the budget of papers a day chose others (`budget`), or the most papers a day were reached (`cap`).
 */
export type Verdict = 'sent' | 'promised' | 'score' | 'budget' | 'cap';

/** A match with what becomes of it. */
export type JudgedMatch = {
  readonly subscription: StoredSubscription;
  readonly match: Match;
  readonly kind: AnnouncementKind;
  readonly occasion: Occasion;
  readonly verdict: Verdict;
};

export type JudgeInput = {
  /** ISO date of the announcement. */
  readonly date: string;
  readonly papers: readonly AnnouncedPaper[];
  readonly subscriptions: readonly StoredSubscription[];
  readonly matches: readonly Match[];
  /** How many papers of that day each subscription was promised, by id: another listing, or an earlier reading of this one, came first. */
  readonly spent: ReadonlyMap<string, number>;
  /** By subscription. Where there is none, a budget of papers a day is not kept. */
  readonly calibrations: ReadonlyMap<string, Calibration>;
  readonly isPromised: (target: string, paper: string, occasion: Occasion) => boolean;
};

/**
 * What becomes of each match: by subscription in their order, most relevant first. `volumes`: the budgets after it, of the subscriptions
 * that have one, whether anything matched or not: a day without papers leaves more for the next. Pure.
 */
export function judgeMatches(input: JudgeInput): {
  readonly judged: readonly JudgedMatch[];
  readonly volumes: ReadonlyMap<string, DayVolume>;
} {
  const announcedById = new Map(input.papers.map((announced) => [announced.paper.id, announced]));
  const bySubscription = Map.groupBy(input.matches, (match) => match.subscription);
  const volumes = new Map<string, DayVolume>();
  const judged = input.subscriptions.flatMap((subscription) => {
    const { id, target, minScore } = subscription;
    const ranked = (bySubscription.get(id) ?? [])
      .flatMap((match): JudgedMatch[] => {
        const announced = announcedById.get(match.paper);
        if (!announced) return [];
        const kind = kindFor(subscription, announced);
        const occasion = occasionOf(kind, input.date);
        if (input.isPromised(target, match.paper, occasion))
          return [{ subscription, match, kind, occasion, verdict: 'promised' }];
        // What is not known of yet is not too little.
        const isTooLittle = match.percentile !== null && match.percentile < minScore;
        return [{ subscription, match, kind, occasion, verdict: isTooLittle ? 'score' : 'sent' }];
      })
      .toSorted(byRelevance);
    const { verdicts, volume } = choose(subscription, ranked, input);
    if (volume !== null) volumes.set(id, volume);
    return ranked.map((one) => ({ ...one, verdict: verdicts.get(one) ?? one.verdict }));
  });
  return { judged, volumes };
}

/** Keeps a subscription's budget and cap among what could be sent, `ranked` best first. */
function choose(
  subscription: StoredSubscription,
  ranked: readonly JudgedMatch[],
  { date, spent, calibrations }: JudgeInput,
): { readonly verdicts: ReadonlyMap<JudgedMatch, Verdict>; readonly volume: DayVolume | null } {
  const { id, maxPapers } = subscription;
  const offered = ranked.filter(({ verdict }) => verdict === 'sent');
  const most = Math.max(0, maxPapers - (spent.get(id) ?? 0));
  const volume = calibrations.get(id)?.volume ?? null;
  if (volume === null) return { verdicts: new Map(offered.slice(most).map((one) => [one, 'cap'])), volume };
  const papers = offered.map(({ match }) => match);
  const { chosen, volume: after } = chooseOfListing(volume, date, papers, { most, cap: maxPapers });
  const left = offered.filter(({ match }) => !chosen.has(match.paper));
  return { verdicts: new Map(left.map((one) => [one, chosen.size < most ? 'budget' : 'cap'])), volume: after };
}

/** The kind in the first subscribed category that has the paper; without categories, as the listing announced it. */
function kindFor({ categories, kinds }: StoredSubscription, announced: AnnouncedPaper): AnnouncementKind {
  const announcedKinds = announced.announcements.map(({ kind }) => kind);
  const found = categories.length > 0 ? categories.map((category) => kindIn(announced, category)) : announcedKinds;
  return found.find((kind) => kind !== null && kinds.includes(kind)) ?? announcedKinds[0] ?? 'new';
}

function occasionOf(kind: AnnouncementKind, date: string): Occasion {
  return kind === 'replace' || kind === 'replace-cross' ? `replace:${date}` : 'first';
}

/** Best first; equal ones by their ids, so that a plan made twice is the same. */
export function byRelevance(a: { readonly match: Match }, b: { readonly match: Match }): number {
  return b.match.score - a.match.score || (a.match.paper < b.match.paper ? -1 : a.match.paper > b.match.paper ? 1 : 0);
}
