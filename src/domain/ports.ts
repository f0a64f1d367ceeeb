import type { Result } from '../lib/result.ts';
import type { Closing, TurnAnswer, TurnLook, TurnOutcome, TurnRequest } from './arxiv-turn.ts';
import type { Day, DayReading, FeedCheck } from './day.ts';
import type { Calibration } from './calibration.ts';
import type {
  ClaimedDelivery,
  DeadDelivery,
  DeliveredPaper,
  LedgerEntry,
  Occasion,
  Outcome,
  PlannedDelivery,
  SentPaper,
  Unpublished,
} from './delivery.ts';
import type { Listing, ListingSource } from './listing.ts';
import type { MarkedPaper, MarkKind } from './mark.ts';
import type { AnnouncedPaper, AnnouncementKind, Paper, PaperDay } from './paper.ts';
import type { NearestTerm, QueryError, SearchPage, SearchRequest, SimilarPaper } from './search.ts';
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
  readonly calibrations: CalibrationStore;
  readonly queries: QueryStore;
  readonly settings: SettingStore;
  readonly leases: LeaseStore;
  readonly arxivTurns: ArxivTurnStore;
  readonly notices: NoticeStore;
  close(): Promise<void>;
};

export type PaperStore = {
  /** One transaction. Metadata is enriched, never degraded: see src/store/merge-paper.ts. Returns how many rows were new. */
  saveListing(listing: Listing): Promise<{ papers: number; announcements: number }>;
  /**
   * ONE transaction: papers that no listing announced to us, and how far their import is. They can be found and counted from then on, and
   * are announced to nobody: a listing that names them later still does that. Papers that are known are enriched: what is missing is
   * filled in, a cut list of authors gets the whole one, and a higher version replaces the text.
   */
  backfill(papers: readonly DatedPaper[], progress?: ImportProgress): Promise<BackfillCounts>;
  /** ONE transaction: enriches those that are known, as `backfill` does; others are left out. Returns how many have changed. */
  enrich(papers: readonly Paper[], source: ListingSource): Promise<number>;
  /** What was saved last of an import, as parsed JSON; null for one that never began. */
  importPosition(source: string): Promise<unknown>;
  /** The import is done: its next run begins anew. */
  forgetImport(source: string): Promise<void>;
  /** Papers of that day in that archive that no match has seen yet, in id order, with all their announcements of the day. */
  unmatched(archive: string, date: string): Promise<AnnouncedPaper[]>;
  /** Which of these papers some listing of that day has brought to a match already. */
  matchedOn(date: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What a listing announced, in id order. */
  announcedOn(
    archive: string,
    date: string,
  ): Promise<readonly { readonly id: string; readonly kind: AnnouncementKind }[]>;
  /** Which of these papers the same listing announced as new on an earlier day, in id order. */
  announcedBefore(archive: string, date: string, ids: readonly string[]): Promise<readonly string[]>;
  /** In the order asked; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<Paper[]>;
  /** The papers announced last, newest day first. */
  recent(limit: number): Promise<AnnouncedPaper[]>;
  /** ISO date of the latest day before `before` on which papers were announced; null: the latest of all; null where there is none. */
  latestDay(before: string | null): Promise<string | null>;
  /**
   * The papers of a day (ISO date) in all archives, in id order, the first `limit` of them, with all their announcements of the day. One that
   * came by an import has none: it counts, on the day of its first announcement, as new in its primary category, and so as crossed to others.
   */
  ofDay(date: string, limit: number): Promise<AnnouncedPaper[]>;
  /** A paper on each of the days on which it was announced, oldest first, counted as in `ofDay`; `[]` where it is unknown. */
  daysOf(id: string): Promise<PaperDay[]>;
  /** Never keeps this process from anything else. Throws AppError('search-ended') where it took too long, or its thread ended. */
  search(request: SearchRequest): Promise<Result<SearchPage, QueryError>>;
  /** Papers with the most words in common that say what a paper is about, nearest first; `[]` for one that is not known. As `search`. */
  similar(id: string, limit: number): Promise<readonly SimilarPaper[]>;
  /** Papers that have any of these terms, those first that have most of what weighs most (BM25); `[]` without terms. As `search`. */
  nearest(terms: readonly NearestTerm[], limit: number): Promise<readonly SimilarPaper[]>;
};

/** `announced`: ISO date of the announcement, known or estimated from the submission. */
export type DatedPaper = { readonly paper: Paper; readonly announced: string };

/** How far the import called `source` is: any JSON. */
export type ImportProgress = { readonly source: string; readonly position: unknown; readonly nowMs: number };

/** `updated`: known, and something of it has changed; `skipped`: known as it is. */
export type BackfillCounts = { readonly added: number; readonly updated: number; readonly skipped: number };

export type DayStore = {
  get(archive: string, date: string): Promise<Day | null>;
  /** ISO date of the earliest day known of an archive; null for an archive never read. */
  firstKnown(archive: string): Promise<string | null>;
  /**
   * Inserts the day or adds one more try to it. `matchedAt` only `deliveries.commit` sets; `readAt` is the first try that came to the state
   * and the number of papers that the day has now.
   */
  save(reading: DayReading): Promise<void>;
  /** What the feed said of a day that is there. */
  saveCheck(archive: string, date: string, check: FeedCheck): Promise<void>;
  /** Newest first. */
  recent(limit: number): Promise<Day[]>;
  /** Of a date (ISO) and later, of all archives, unordered. */
  since(date: string): Promise<Day[]>;
};

export type SubscriptionStore = {
  /** By creation, then id. */
  list(filter?: { target?: string; guildId?: string; createdBy?: string }): Promise<StoredSubscription[]>;
  get(id: string): Promise<StoredSubscription | null>;
  /** Every category pattern that any of them names, once, unordered. Cheap: asked every minute. */
  categories(): Promise<string[]>;
  /** Also saves its target. A subscription of that id is replaced. */
  save(subscription: StoredSubscription, target: Target): Promise<void>;
  /** Changes what it selects, and how that looks, where it is still there: true if it was. Promises and deliveries stay. */
  change(id: string, changed: SubscriptionChange): Promise<boolean>;
  /** True if it was there. Promises and deliveries stay; the marks that counted for it and its calibration go. */
  delete(id: string): Promise<boolean>;
};

export type TargetStore = {
  get(id: string): Promise<Target | null>;
  list(): Promise<Target[]>;
  /** The direct messages with a person; null where we never had any. */
  dmOf(userId: string): Promise<Target | null>;
  /** Stops posts but for a try now and then; whoever subscribed is told once. */
  pause(id: string, reason: string, nowMs: number): Promise<void>;
  resume(id: string): Promise<void>;
  /** It is no more: ends its subscriptions and gives up its whole lane; whoever subscribed is told once. */
  close(id: string, reason: string, nowMs: number): Promise<void>;
  /** Those of a server that are paused are tried again now: something changed there. Returns how many. */
  probe(guildId: string, nowMs: number): Promise<number>;
  /** What Discord says they are, where there are such targets and that has changed. */
  setKind(ids: readonly string[], kind: Target['kind']): Promise<void>;
};

export type DeliveryStore = {
  /** Which of these (target, paper, occasion) were promised before. */
  promised(target: string, papers: readonly string[]): Promise<readonly { paper: string; occasion: Occasion }[]>;
  /** What this target was promised of a paper, and what became of it: the latest first. */
  ledger(target: string, paper: string): Promise<readonly LedgerEntry[]>;
  /** The papers that this target was sent for announcements of `since` (ISO date) and later, by date. */
  sentTo(target: string, since: string): Promise<readonly SentPaper[]>;
  /**
   * ONE transaction: deliveries, their promises, how scores are judged from now on, and "these papers of this day are matched".
   * A promise that exists already takes its paper out of the delivery; an emptied delivery is not written.
   * Returns the number of deliveries written; null where nothing was, because somebody else wrote one of these calibrations since it was
   * read: match anew.
   */
  commit(matched: {
    archive: string;
    date: string;
    papers: readonly string[];
    deliveries: readonly PlannedDelivery[];
    calibrations?: readonly Calibration[];
    nowMs: number;
  }): Promise<number | null>;
  /**
   * Hands up to `limit` due deliveries to `sender`, oldest due first: the heads of lanes, never past an unsettled older one of the same
   * target. Of a paused target only a probe, when its time has come. `[]` when nothing is due.
   * A row that cannot be read is settled as dead. A time further ahead than can be was written by a clock that was ahead, and binds nobody.
   * Throws AppError('lease-lost') where `sender` does not hold the lease `worker`.
   */
  claim(request: { sender: string; nowMs: number; limit: number }): Promise<ClaimedDelivery[]>;
  /**
   * What is being sent according to the outbox, and is not, for its sender died or could not settle it: it may have arrived. Called by
   * `sender` while it has nothing in hand. Posts of forums are not tried before `postsNotBeforeMs` (epoch milliseconds): Discord may still
   * be at work on them, and takes no nonce there. Returns how many there were.
   * Throws AppError('lease-lost') where `sender` does not hold the lease `worker`: then a successor has them in hand.
   */
  adopt(sender: string, postsNotBeforeMs?: number): Promise<number>;
  /** What the message of that Discord id delivered; null for one that is no delivery. */
  ofMessage(messageId: string): Promise<{ readonly target: string; readonly papers: readonly DeliveredPaper[] } | null>;
  /** How many papers of that day each subscription has been promised, by subscription id. */
  spent(date: string): Promise<ReadonlyMap<string, number>>;
  /** Gives up what paused targets wait for since before `dueBeforeMs`, with `reason`, but for what is being sent. Returns how many. */
  expire(dueBeforeMs: number, reason: string, nowMs: number): Promise<number>;
  /**
   * Settles a delivery that `sender` claimed; one that is settled for good stays as it is, and so does one that another sender has in hand by
   * now, but for `sent`. A retry waits an hour at most. `sent` opens a paused target
   * again; `pause` leaves the delivery open; `gone` ends the target's subscriptions and gives up its whole lane. Whoever made the
   * subscriptions is told of either, once (`notices`).
   */
  settle(sender: string, id: string, outcome: Outcome, nowMs: number): Promise<void>;
  /** Given up, latest first. */
  dead(limit: number): Promise<readonly DeadDelivery[]>;
  /** Puts dead letters back into the outbox: those named, or all. Returns those it found. */
  revive(ids: readonly string[] | 'all'): Promise<readonly DeadDelivery[]>;
  /** Messages in announcement channels that wait to be published, one per target, longest waiting first. */
  unpublished(nowMs: number, limit: number): Promise<readonly Unpublished[]>;
  /** Published, or never to be; with `againAtMs` (epoch milliseconds) all of its target wait until then. */
  published(delivery: Unpublished, againAtMs: number | null): Promise<void>;
  /** What contradicts itself in outbox and ledger, a sentence each; `[]` where all is sound. Reads all of both. */
  faults(): Promise<readonly string[]>;
  /** `pending`: not settled. `due`: of those, what could be sent at `nowMs`, or is being sent. */
  counts(nowMs: number): Promise<{ pending: number; due: number; sent: number; dead: number }>;
};

/**
 * Who does a role's work: one holder at a time. A holder shows that it lives by its beats; who sees none for long enough may take over.
 * Nobody's clock is compared with another's.
 */
export type LeaseStore = {
  get(name: string): Promise<Lease | null>;
  /** True where it is as it was `seen` (null: never held), and now is `holder`'s. */
  take(name: string, seen: Lease | null, holder: string): Promise<boolean>;
  /** One more beat. False where somebody else holds it. */
  beat(name: string, holder: string): Promise<boolean>;
  /** Leaves it free, if `holder` has it. */
  release(name: string, holder: string): Promise<void>;
};

/** `holder` null: free. */
export type Lease = { readonly holder: string | null; readonly beat: number };

/**
 * Whose turn it is to ask arXiv: one request at a time to all its hosts, over all processes on that database, each some time after the one
 * before; and whether anybody may ask at all. Spans are real milliseconds and times those of the database's own clock: ours may be
 * set, run fast, or be another machine's.
 */
export type ArxivTurnStore = {
  /** The turn, or how long to wait before asking again, or why nobody asks. A dead holder's turn lapses after its `holdMs`. */
  take(request: TurnRequest): Promise<TurnAnswer>;
  /** Ends `holder`'s turn; five failures in a row close for a minute and more. Returns what is closed now. */
  release(holder: string, outcome: TurnOutcome): Promise<Closing | null>;
  look(): Promise<TurnLook>;
  /** Opens again what a refusal or failures closed. */
  reopen(): Promise<void>;
};

/** What people have to hear from us. Told first and marked then, so that none is lost: a crash in between tells it once more. */
export type NoticeStore = {
  /** What this person was not told yet, oldest first. */
  untold(userId: string): Promise<readonly Notice[]>;
  tell(ids: readonly number[], nowMs: number): Promise<void>;
};

/** `text`: in the past tense, for it may be read much later. `createdAt`: epoch milliseconds. */
export type Notice = { readonly id: number; readonly text: string; readonly createdAt: number };

export type MarkStore = {
  /**
   * Sets the mark for these subscriptions (for none: the person's alone), or takes it back when it was set for all of them; `up` replaces
   * `down` and the reverse. True when it is set afterwards.
   */
  toggle(mark: {
    userId: string;
    paper: string;
    kind: MarkKind;
    subscriptions: readonly string[];
    nowMs: number;
  }): Promise<boolean>;
  /**
   * What people together say of the papers that they marked for each of these subscriptions: 👍 where those who marked it so, or saved it,
   * are more than those with 👎, and 👎 where they are fewer. Newest first, at most 300 each; a subscription without any is left out.
   */
  of(subscriptions: readonly string[]): Promise<ReadonlyMap<string, readonly MarkedPaper[]>>;
  /** Takes away everybody's marks for a subscription. Returns how many there were. */
  forget(subscription: string): Promise<number>;
};

export type CalibrationStore = {
  /** By subscription; only those that there are. `deliveries.commit` writes them. */
  of(subscriptions: readonly string[]): Promise<ReadonlyMap<string, Calibration>>;
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
