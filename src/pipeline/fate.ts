import type { LedgerEntry } from '../domain/delivery.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { DayRank, Explanation } from './explain.ts';

/** What became of a paper for a subscription. */
export type Fate =
  /** `isForOther`: it came for other subscriptions of the target, not for this one. */
  | { readonly kind: 'posted' | 'waiting' | 'given-up'; readonly entry: LedgerEntry; readonly isForOther: boolean }
  /** Never promised, because: */
  | {
      readonly kind: /** its query cannot be read */
        | 'unreadable'
        /** it does not match */
        | 'unmatched'
        /** it matches, but we know it from an import, which is posted to nobody */
        | 'imported'
        /** its listing was read and waits to be matched */
        | 'not-yet'
        /** it matches, but was announced before the subscription was made */
        | 'older'
        /** it matches, but is less relevant than the subscription asks */
        | 'too-little'
        /** it matches, but its budget of papers a day went to others */
        | 'beyond-budget'
        /** it matches, but more relevant papers filled the day, or earlier ones had */
        | 'beyond-cap'
        /** it matches now, and did not on its day: the subscription has changed since, or what is known of its terms */
        | 'changed';
    };

/** The one thing to say first of an explanation. What is in the ledger has happened, whatever would match by now. */
export function fateOf({ subscription, day, match, rank, ledger }: Explanation): Fate {
  const [entry] = ledger;
  if (entry !== undefined) {
    const isForOther = entry.subscriptions.length > 0 && !entry.subscriptions.includes(subscription.id);
    return { kind: stateOf(entry), entry, isForOther };
  }
  if (match === null) return { kind: 'unreadable' };
  if (!match.matched) return { kind: 'unmatched' };
  if (day.imported) return { kind: 'imported' };
  if (day.matchedAt === null) return { kind: 'not-yet' };
  if (day.matchedAt < subscription.createdAt) return { kind: 'older' };
  return { kind: leftOut(subscription, rank) };
}

function leftOut(
  { perDay, maxPapers }: StoredSubscription,
  rank: DayRank | null,
): 'too-little' | 'beyond-budget' | 'beyond-cap' | 'changed' {
  if (rank?.verdict === 'score') return 'too-little';
  if (rank?.verdict === 'cap' || (rank !== null && rank.spent >= maxPapers)) return 'beyond-cap';
  // What the budget was on a day long ago is not kept; that it did not reach this far is all that can have kept the paper back.
  return perDay === null ? 'changed' : 'beyond-budget';
}

function stateOf({ state }: LedgerEntry): 'posted' | 'waiting' | 'given-up' {
  switch (state) {
    case 'sent':
      return 'posted';
    case 'dead':
      return 'given-up';
    default:
      return 'waiting';
  }
}
