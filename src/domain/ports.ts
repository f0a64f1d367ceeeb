import type { Result } from '../lib/result.ts';
import type { Day } from './day.ts';
import type { ClaimedDelivery, Occasion, Outcome, PlannedDelivery } from './delivery.ts';
import type { Listing } from './listing.ts';
import type { MarkKind } from './mark.ts';
import type { AnnouncedPaper, Paper } from './paper.ts';
import type { QueryError, SearchPage, SearchRequest } from './search.ts';
import type { StoredSubscription } from './subscription.ts';
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
  readonly leases: LeaseStore;
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
  /** The latest day of an archive that needs no more reading: complete with all its papers matched, empty, or deferred; else null. */
  lastSettled(archive: string): Promise<Day | null>;
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
   * unsettled older one of the same target, none of paused targets.
   */
  claim(request: { nowMs: number; leaseMs: number; limit: number }): Promise<ClaimedDelivery[]>;
  /** Settles a claimed delivery. `pause` also pauses the target and leaves the delivery pending. */
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

/** Roles of which one process at a time may be the holder: beside a running bot, another process finds the role taken. */
export type LeaseStore = {
  /** Takes a role that is free or has run out, or prolongs one's own, until `nowMs + leaseMs`. False while somebody else holds it. */
  acquire(lease: { role: string; holder: string; nowMs: number; leaseMs: number }): Promise<boolean>;
  /** Gives the role back; that of another holder stays. */
  release(role: string, holder: string): Promise<void>;
};
