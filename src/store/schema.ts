import type { Generated } from 'kysely';
import type { DayState } from '../domain/day.ts';
import type { Occasion } from '../domain/delivery.ts';
import type { MarkKind } from '../domain/mark.ts';
import type { AnnouncementKind } from '../domain/paper.ts';
import type { Style } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';

/**
 * The tables, as Kysely sees them. Times are epoch milliseconds, dates ISO strings, booleans 0 or 1, `…_json` columns JSON that is
 * checked when read (src/store/json-column.ts).
 */
export type Tables = {
  papers: PaperTable;
  search_segments: SearchSegmentTable;
  search_blocks: SearchBlockTable;
  announcements: AnnouncementTable;
  days: DayTable;
  targets: TargetTable;
  subscriptions: SubscriptionTable;
  marks: MarkTable;
  calibrations: CalibrationTable;
  promises: PromiseTable;
  deliveries: DeliveryTable;
  settings: SettingTable;
  recent_queries: RecentQueryTable;
  leases: LeaseTable;
  arxiv_turns: ArxivTurnTable;
  imports: ImportTable;
  notices: NoticeTable;
};

export type PaperTable = {
  /** Ties a paper to its documents in the index of words; means nothing else. */
  seq: Generated<number>;
  id: string;
  version: number | null;
  title: string;
  authors_json: string;
  authors_truncated: number;
  abstract: string | null;
  categories_json: string;
  primary_category: string;
  comments: string | null;
  journal_ref: string | null;
  doi: string | null;
  withdrawn: number;
  formats_json: string;
  /** Dates of the first and the last listing it was seen in; the metadata are as of the last. */
  first_announced: string;
  last_announced: string;
};

/** A part of the index of words (src/search): papers that were put together, or were merged. */
type SearchSegmentTable = {
  /** Never given twice. */
  seq: Generated<number>;
  /** Order in which papers were put. */
  position: number;
  /** Documents, and blocks of its dictionary. */
  count: number;
  blocks: number;
  documents: Uint8Array;
  heads: Uint8Array;
};

/** A run of a segment's dictionary (src/search/block.ts). */
type SearchBlockTable = {
  /** Tells the segment and the place in it (src/store/paper-index.ts). */
  block: number;
  terms: Uint8Array;
  docs: Uint8Array;
  positions: Uint8Array;
};

type AnnouncementTable = {
  paper: string;
  category: string;
  date: string;
  kind: AnnouncementKind;
  /** Null until it was matched and what came of it was committed. */
  matched_at: number | null;
};

export type DayTable = {
  archive: string;
  date: string;
  state: DayState;
  papers: number;
  counts_json: string;
  declared: number | null;
  /** In the order of the first reading of each. */
  sources_json: string;
  found: string | null;
  first_tried_at: number | null;
  tried_at: number | null;
  read_at: number | null;
  matched_at: number | null;
  check_json: string | null;
};

export type TargetTable = {
  id: string;
  kind: Target['kind'];
  guild_id: string | null;
  user_id: string | null;
  state: Target['state'];
  paused_reason: string | null;
  /** Of a paused one: when it may be tried again, and how often it was since it was paused. */
  probe_at: number | null;
  probes: number;
  /** Discord takes no message for it before. */
  opens_at: number | null;
  /** Discord's id of the newest message that is known to have arrived. */
  last_message: string | null;
};

export type SubscriptionTable = {
  id: string;
  target: string;
  query: string;
  categories_json: string;
  interests: string;
  authors_json: string;
  kinds_json: string;
  min_score: number;
  max_papers: number;
  per_day: number | null;
  style: Style;
  hour: number | null;
  quiet_from: number | null;
  quiet_until: number | null;
  zone: string;
  created_by: string | null;
  created_at: number;
};

type MarkTable = {
  user_id: string;
  paper: string;
  kind: MarkKind;
  /** Empty for none: part of the unique key, and SQL holds two nulls for different. */
  subscription: string;
  created_at: number;
};

/** By what the scores of a subscription are judged: src/domain/calibration.ts. */
export type CalibrationTable = {
  subscription: string;
  basis: string;
  window_json: string;
  volume_json: string | null;
  revision: number;
};

type PromiseTable = {
  target: string;
  paper: string;
  occasion: Occasion;
  delivery: string;
};

export type DeliveryTable = {
  /** Order of creation. */
  seq: Generated<number>;
  id: string;
  dedupe_key: string;
  target: string;
  style: Style;
  date: string;
  due: number;
  papers_json: string;
  /**
   * `pending` → `sending` → `sent`, or back to `pending`. `uncertain`: it was being sent, and nobody knows what became of it. `dead`: given up.
   */
  state: 'pending' | 'sending' | 'uncertain' | 'sent' | 'dead';
  /** Not to be tried before; `due` stays, for it decides the order of the lane. */
  not_before: number;
  /** Whoever has it in hand while it is `sending`; null otherwise. */
  sender: string | null;
  first_tried_at: number | null;
  /** `targets.last_message` at its first try: wherever it is, it is newer. */
  sent_after: string | null;
  attempts: number;
  /** What came of the last attempt, for people; null before the first and once sent. */
  reason: string | null;
  message_id: string | null;
  created_at: number;
  /** Null while it is open: only then is it in the indexes of the lanes. */
  settled_at: number | null;
  /** A message of an announcement channel that is to be published: not before. Null: nothing to publish. */
  publish_at: number | null;
};

type SettingTable = { key: string; value: string };

type RecentQueryTable = { id: string; request_json: string; used_at: number };

type LeaseTable = { name: string; holder: string | null; beat: number };

/** One row: all processes ask arXiv one after the other. Times are epoch milliseconds of the database, not of our clock. */
export type ArxivTurnTable = {
  name: string;
  /** Whoever asks now, and until when it is believed to. */
  holder: string | null;
  held_until: number | null;
  /** When arXiv was asked last, and when for a page. */
  asked_at: number | null;
  page_asked_at: number | null;
  /** Nobody asks before, and why. */
  closed_until: number | null;
  closed_reason: string | null;
  /** In a row. */
  failures: number;
};

/** How far an import is. */
type ImportTable = { source: string; position_json: string; updated_at: number };

type NoticeTable = {
  /** Order of creation. */
  seq: Generated<number>;
  user_id: string;
  text: string;
  created_at: number;
  told_at: number | null;
};
