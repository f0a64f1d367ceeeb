import type { DayVolume } from '../domain/calibration.ts';
import type { DeliveredPaper, PlannedDelivery } from '../domain/delivery.ts';
import type { StoredSubscription, Style } from '../domain/subscription.ts';
import { chunks } from '../lib/chunks.ts';
import { dueAt, readyAt } from './due.ts';
import { byRelevance, judgeMatches } from './judge-matches.ts';
import type { JudgedMatch, JudgeInput } from './judge-matches.ts';

/** Papers a message: a card stands alone, for its buttons; a digest holds what fits into Discord's limits with a line of evidence each. */
export function papersPerMessage(style: Style): number {
  return style === 'digest' ? 10 : 1;
}

/** One day's matches to judge, and when it is. */
export type PlanInput = JudgeInput & {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** When the day's announcement came out, in epoch milliseconds. */
  readonly announcedMs: number;
};

/** `volumes`: the budgets of papers a day after it, by subscription. */
export type Plan = {
  readonly deliveries: readonly PlannedDelivery[];
  readonly volumes: ReadonlyMap<string, DayVolume>;
};

/** A paper for a target, in the manner of the subscription that wants it most. */
type Post = { readonly manner: StoredSubscription; readonly paper: DeliveredPaper };

/**
 * Which messages to send for one day's matches. Pure.
 *
 * Each subscription keeps its best, as its budget and `maxPapers` allow, not counting what its target was promised before; where several of
 * a target want the same paper it comes once, in the style of the one that wants it most. Within a target the most relevant paper comes
 * first.
 */
export function planDeliveries(input: PlanInput): Plan {
  const { judged, volumes } = judgeMatches(input);
  const wanted = judged.filter(({ verdict }) => verdict === 'sent');
  const byTarget = Map.groupBy(wanted, ({ subscription }) => subscription.target);
  const deliveries = [...byTarget].flatMap(([target, some]) => {
    const byMessageKind = Map.groupBy(posts(some), ({ manner }) => mannerKey(manner));
    return [...byMessageKind.values()].flatMap((group) => messages(target, group, input));
  });
  return { deliveries, volumes };
}

/** One post for each paper a target wants, most relevant first. */
function posts(wanted: readonly JudgedMatch[]): Post[] {
  const byPaper = Map.groupBy(wanted.toSorted(byRelevance), ({ match, occasion }) => `${match.paper} ${occasion}`);
  return [...byPaper.values()].flatMap((ranked) => {
    const [best] = ranked;
    if (!best) return [];
    const { subscription, match, kind, occasion } = best;
    const subscriptions = ranked.map((one) => one.subscription.id);
    const { paper, score, percentile, evidence } = match;
    const { categories } = subscription;
    const delivered = { paper, occasion, kind, score, percentile, categories, subscriptions, evidence };
    return [{ manner: subscription, paper: delivered }];
  });
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
