import type { DeliveredPaper, Occasion, PlannedDelivery } from '../domain/delivery.ts';
import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import type { StoredSubscription, Style } from '../domain/subscription.ts';
import { chunks } from '../lib/chunks.ts';
import { kindIn } from '../match/kind-in.ts';
import { dueAt, readyAt } from './due.ts';

/** Papers a message: a card stands alone, for its buttons; a digest holds what fits into Discord's limits with a line of evidence each. */
export function papersPerMessage(style: Style): number {
  return style === 'digest' ? 10 : 1;
}

/** One day's papers, the subscriptions they were matched against, what came of it, and what was promised before. */
export type PlanInput = {
  /** ISO date of the announcement. */
  readonly date: string;
  readonly papers: readonly AnnouncedPaper[];
  readonly subscriptions: readonly StoredSubscription[];
  readonly matches: readonly Match[];
  /** How many papers of that day each subscription was promised, by id: another listing, or an earlier reading of this one, came first. */
  readonly spent: ReadonlyMap<string, number>;
  readonly isPromised: (target: string, paper: string, occasion: Occasion) => boolean;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** When the day's announcement came out, in epoch milliseconds. */
  readonly announcedMs: number;
};

/** One subscription's wish for one paper. */
type Wish = {
  readonly subscription: StoredSubscription;
  readonly match: Match;
  readonly kind: AnnouncementKind;
  readonly occasion: Occasion;
};

/** A paper for a target, in the manner of the subscription that wants it most. */
type Post = { readonly manner: StoredSubscription; readonly paper: DeliveredPaper };

/**
 * Which messages to send for one day's matches. Pure.
 *
 * Each subscription keeps its best `maxPapers` a day, not counting what its target was promised before; where several of a target
 * want the same paper it comes once, in the style of the one that wants it most. Within a target the most relevant paper comes first.
 */
export function planDeliveries(input: PlanInput): PlannedDelivery[] {
  const byTarget = Map.groupBy(wishes(input), ({ subscription }) => subscription.target);
  return [...byTarget].flatMap(([target, wanted]) => {
    const byMessageKind = Map.groupBy(posts(wanted), ({ manner }) => mannerKey(manner));
    return [...byMessageKind.values()].flatMap((group) => messages(target, group, input));
  });
}

/** What every subscription wants most, in the order of the subscriptions. */
function wishes(input: PlanInput): Wish[] {
  const announcedById = new Map(input.papers.map((announced) => [announced.paper.id, announced]));
  const bySubscription = Map.groupBy(input.matches, (match) => match.subscription);
  return input.subscriptions.flatMap((subscription) =>
    (bySubscription.get(subscription.id) ?? [])
      .flatMap((match) => {
        const announced = announcedById.get(match.paper);
        return announced ? [wish(subscription, match, announced, input.date)] : [];
      })
      .filter(({ match, occasion }) => !input.isPromised(subscription.target, match.paper, occasion))
      .toSorted((a, b) => byRelevance(a.match, b.match))
      .slice(0, Math.max(0, subscription.maxPapers - (input.spent.get(subscription.id) ?? 0))),
  );
}

function wish(subscription: StoredSubscription, match: Match, announced: AnnouncedPaper, date: string): Wish {
  const kind = kindFor(subscription, announced);
  return { subscription, match, kind, occasion: occasionOf(kind, date) };
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

/** One post for each paper a target wants, most relevant first. */
function posts(wanted: readonly Wish[]): Post[] {
  const byPaper = Map.groupBy(
    wanted.toSorted((a, b) => byRelevance(a.match, b.match)),
    ({ match, occasion }) => `${match.paper} ${occasion}`,
  );
  return [...byPaper.values()].flatMap((ranked) => {
    const [best] = ranked;
    if (!best) return [];
    const { subscription, match, kind, occasion } = best;
    const subscriptions = ranked.map((one) => one.subscription.id);
    const { paper, score, evidence } = match;
    return [{ manner: subscription, paper: { paper, occasion, kind, score, subscriptions, evidence } }];
  });
}

/** The most relevant first: the order in which a day's papers are taken, and posted. */
export function byRelevance(a: Match, b: Match): number {
  return b.score - a.score || compare(a.paper, b.paper);
}

/** Posts share messages where they look alike and come at the same time. */
function mannerKey({ style, hour, quiet, zone }: StoredSubscription): string {
  return JSON.stringify([style, hour, quiet?.from, quiet?.until, zone]);
}

/** The messages of posts that share a manner. */
function messages(target: string, group: readonly Post[], { date, nowMs, announcedMs }: PlanInput): PlannedDelivery[] {
  const [first] = group;
  if (!first) return [];
  const { style } = first.manner;
  const due = dueAt(first.manner, readyAt(first.manner, announcedMs, nowMs));
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
