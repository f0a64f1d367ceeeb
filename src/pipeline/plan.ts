import type { DeliveredPaper, Occasion, PlannedDelivery } from '../domain/delivery.ts';
import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import type { StoredSubscription, Style } from '../domain/subscription.ts';
import { chunks } from '../lib/chunks.ts';
import { kindIn } from '../match/kind-in.ts';
import { dueAt } from './due.ts';

/** Papers a message: a card stands alone, for its buttons; a digest holds what fits into Discord's limits with a line of evidence each. */
export function papersPerMessage(style: Style): number {
  return style === 'digest' ? 10 : 1;
}

/** One day's papers, the subscriptions they were matched against, and what came of it. */
export type PlanInput = {
  /** ISO date of the announcement. */
  readonly date: string;
  readonly papers: readonly AnnouncedPaper[];
  readonly subscriptions: readonly StoredSubscription[];
  readonly matches: readonly Match[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
};

/** One subscription's wish for one paper. */
type Wish = { readonly subscription: StoredSubscription; readonly match: Match };

/** A paper for a target, in the manner of the subscription that wants it most. */
type Post = { readonly manner: StoredSubscription; readonly paper: DeliveredPaper };

/**
 * Which messages to send for one day's matches. Pure: what was promised before is sorted out by the store when it commits.
 *
 * Each subscription keeps its best `maxPapers`; where several of a target want the same paper it comes once, in the style of the
 * one that wants it most. Within a target the most relevant paper comes first.
 */
export function planDeliveries(input: PlanInput): PlannedDelivery[] {
  const byTarget = Map.groupBy(wishes(input), ({ subscription }) => subscription.target);
  return [...byTarget].flatMap(([target, wanted]) => {
    const byMessageKind = Map.groupBy(
      posts(wanted, input),
      ({ manner }) => `${manner.style} ${manner.hour} ${manner.zone}`,
    );
    return [...byMessageKind.values()].flatMap((group) => messages(target, group, input));
  });
}

/** What every subscription wants most, in the order of the subscriptions. */
function wishes({ subscriptions, matches }: PlanInput): Wish[] {
  const bySubscription = Map.groupBy(matches, (match) => match.subscription);
  return subscriptions.flatMap((subscription) =>
    (bySubscription.get(subscription.id) ?? [])
      .toSorted((a, b) => b.score - a.score || compare(a.paper, b.paper))
      .slice(0, subscription.maxPapers)
      .map((match) => ({ subscription, match })),
  );
}

/** One post for each paper a target wants, most relevant first. */
function posts(wanted: readonly Wish[], { papers, date }: PlanInput): Post[] {
  const announcedById = new Map(papers.map((announced) => [announced.paper.id, announced]));
  const byPaper = Map.groupBy(wanted, ({ match }) => match.paper);
  return [...byPaper]
    .flatMap(([id, wants]) => {
      const announced = announcedById.get(id);
      return announced ? [post(announced, wants, date)] : [];
    })
    .toSorted((a, b) => b.paper.score - a.paper.score || compare(a.paper.paper, b.paper.paper));
}

function post(announced: AnnouncedPaper, wants: readonly Wish[], date: string): Post {
  const ranked = wants.toSorted((a, b) => b.match.score - a.match.score);
  const [best] = ranked;
  if (!best) throw new Error(`plan: nobody wants ${announced.paper.id}`);
  const kind = kindFor(announced, ranked);
  return {
    manner: best.subscription,
    paper: {
      paper: announced.paper.id,
      occasion: occasionOf(kind, date),
      kind,
      score: best.match.score,
      subscriptions: ranked.map(({ subscription }) => subscription.id),
      evidence: best.match.evidence,
    },
  };
}

/** The kind in the first subscribed category that has the paper; without categories, as the listing announced it. */
function kindFor(announced: AnnouncedPaper, ranked: readonly Wish[]): AnnouncementKind {
  const announcedKinds = announced.announcements.map(({ kind }) => kind);
  const candidates = ranked.flatMap(({ subscription }) => {
    const inCategories = subscription.categories.map((category) => kindIn(announced, category));
    const kinds = subscription.categories.length > 0 ? inCategories : announcedKinds;
    return kinds.filter((kind) => kind !== null && subscription.kinds.includes(kind));
  });
  return candidates.find((kind) => kind !== null) ?? announcedKinds[0] ?? 'new';
}

function occasionOf(kind: AnnouncementKind, date: string): Occasion {
  return kind === 'replace' || kind === 'replace-cross' ? `replace:${date}` : 'first';
}

/** The messages of posts that share style and hour. */
function messages(target: string, group: readonly Post[], { date, nowMs }: PlanInput): PlannedDelivery[] {
  const [first] = group;
  if (!first) return [];
  const { style } = first.manner;
  const due = dueAt(first.manner, nowMs);
  return chunks(group, papersPerMessage(style)).map((chunk) => {
    const papers = chunk.map(({ paper }) => paper);
    return { dedupeKey: dedupeKey(target, papers), target, style, date, due, papers };
  });
}

function dedupeKey(target: string, papers: readonly DeliveredPaper[]): string {
  return `${target} ${papers.map(({ paper, occasion }) => `${paper} ${occasion}`).join(' ')}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
