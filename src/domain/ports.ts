import type { Result } from '../lib/result.ts';
import type { Day } from './day.ts';
import type { ClaimedDelivery, Occasion, Outcome, PlannedDelivery } from './delivery.ts';
import type { Listing } from './listing.ts';
import type { MarkKind } from './mark.ts';
import type { AnnouncedPaper, Paper } from './paper.ts';
import type { QueryError, SearchPage, SearchRequest } from './search.ts';
import type { StoredSubscription, SubscriptionChange } from './subscription.ts';
import type { Target } from './target.ts';

/**
 * The store, by aggregate. Every write is idempotent by the unique key of its table, so any step may be repeated after a crash.
 * Times are epoch milliseconds on our clock.
 */
export type Store = {
  readonly papers: PaperStore;
  readonly days: DayStore;
  readonly subscriptions: SubscriptionStore;
  readonly targets: TargetStore;
  readonly deliveries: DeliveryStore;
  readonly marks: MarkStore;
  readonly queries: QueryStore;
  readonly settings: SettingStore;
  close(): Promise<void>;
};

export type PaperStore = {
  /** One transaction. Metadata is enriched, never degraded: null and `[]` overwrite nothing. Returns how many rows were new. */
  saveListing(listing: Listing): Promise<{ papers: number; announcements: number }>;
  /** Papers of that day in that archive that no match has seen yet, in id order, with all their announcements of the day. */
  unmatched(archive: string, date: string): Promise<AnnouncedPaper[]>;
  /** In the order asked; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<Paper[]>;
  /** The papers announced last, newest day first. */
  recent(limit: number): Promise<AnnouncedPaper[]>;
  search(request: SearchRequest): Promise<Result<SearchPage, QueryError>>;
};

export type DayStore = {
  get(archive: string, date: string): Promise<Day | null>;
  /** ISO date of the earliest day known of an archive; null for an archive never read. */
  firstKnown(archive: string): Promise<string | null>;
  /** Inserts or replaces all but `matchedAt`, which only `deliveries.commit` sets. */
  save(day: Omit<Day, 'matchedAt'>): Promise<void>;
  /** Newest first. */
  recent(limit: number): Promise<Day[]>;
};

export type SubscriptionStore = {
  /** By creation, then id. */
  list(filter?: { target?: string; guildId?: string; createdBy?: string }): Promise<StoredSubscription[]>;
  get(id: string): Promise<StoredSubscription | null>;
  /** Also saves its target. A subscription of that id is replaced. */
  save(subscription: StoredSubscription, target: Target): Promise<void>;
  /** Changes what it selects, and how that looks, where it is still there: true if it was. Promises and deliveries stay. */
  change(id: string, changed: SubscriptionChange): Promise<boolean>;
  /** True if it was there. Promises and deliveries stay. */
  delete(id: string): Promise<boolean>;
};

export type TargetStore = {
  get(id: string): Promise<Target | null>;
  list(): Promise<Target[]>;
  pause(id: string, reason: string): Promise<void>;
  resume(id: string): Promise<void>;
};

export type DeliveryStore = {
  /** Which of these (target, paper, occasion) were promised before. */
  promised(target: string, papers: readonly string[]): Promise<readonly { paper: string; occasion: Occasion }[]>;
  /**
   * ONE transaction: deliveries, their promises, and "these papers of this day are matched".
   * A promise that exists already takes its paper out of the delivery; an emptied delivery is not written.
   * Returns the number of deliveries written.
   */
  commit(matched: {
    archive: string;
    date: string;
    papers: readonly string[];
    deliveries: readonly PlannedDelivery[];
    nowMs: number;
  }): Promise<number>;
  /**
   * Leases up to `limit` due deliveries until `nowMs + leaseMs`, oldest due first, at most one per target, never past an
   * unsettled older one of the same target, none of paused targets. `[]` when nothing is due.
   * A row that cannot be read is settled as dead. A lease or retry further ahead than can be was written by a clock that was ahead,
   * and binds nobody.
   */
  claim(request: { nowMs: number; leaseMs: number; limit: number }): Promise<ClaimedDelivery[]>;
  /** How many papers of that day each subscription has been promised, by subscription id. */
  spent(date: string): Promise<ReadonlyMap<string, number>>;
  /** Gives up what was due before `dueBeforeMs` and is still pending, with `reason`, but for what is being sent. Returns how many. */
  expire(dueBeforeMs: number, reason: string, nowMs: number): Promise<number>;
  /** Settles a claimed delivery. `pause` also pauses the target and leaves the delivery pending; a retry waits a day at most. */
  settle(id: string, outcome: Outcome, nowMs: number): Promise<void>;
  counts(): Promise<{ pending: number; sent: number; dead: number }>;
};

export type MarkStore = {
  /** Sets the mark, or takes it back when it was set; `up` replaces `down` and the reverse. True when it is set afterwards. */
  toggle(mark: {
    userId: string;
    paper: string;
    kind: MarkKind;
    subscription: string | null;
    nowMs: number;
  }): Promise<boolean>;
};

/** Searches people paged through lately, so that a button needs to carry an id only. */
export type QueryStore = {
  remember(request: SearchRequest, nowMs: number): Promise<string>;
  get(id: string): Promise<SearchRequest | null>;
};

export type SettingStore = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
};
