import type { DayReading } from '../../src/domain/day.ts';
import type { Entry, Listing } from '../../src/domain/listing.ts';
import type { Match } from '../../src/domain/match.ts';
import type { AnnouncedPaper, AnnouncementKind, Paper } from '../../src/domain/paper.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import type { Target } from '../../src/domain/target.ts';

/** Builders for tests: a test names only what matters to it. */

export function aPaper(given: Partial<Paper> = {}): Paper {
  const id = given.id ?? '2505.15988';
  const categories = given.categories ?? ['cs.DC'];
  return {
    id,
    version: null,
    title: `Paper ${id}`,
    authors: [],
    authorsTruncated: false,
    abstract: 'We study something.',
    categories,
    primary: categories[0] ?? '',
    comments: null,
    journalRef: null,
    doi: null,
    withdrawn: false,
    formats: ['pdf'],
    ...given,
  };
}

export function announced(given: Partial<Paper> & { id: string }, kind: AnnouncementKind = 'new'): AnnouncedPaper {
  return { paper: aPaper(given), date: '2025-05-23', announcements: [{ category: 'cs.DC', kind }] };
}

export function anEntry(given: Partial<Entry> & { id: string }): Entry {
  return { ...aPaper(given), kind: given.kind ?? 'new', crossFrom: given.crossFrom ?? null };
}

export function aListing(entries: readonly Entry[], given: Partial<Listing> = {}): Listing {
  const parsed = entries.length;
  return {
    source: 'text',
    archive: 'cs.DC',
    date: '2025-05-23',
    complete: true,
    sections: [{ kind: 'new', shown: parsed, total: parsed, parsed }],
    entries,
    ...given,
  };
}

/** A try to read the day of `aListing` that read `papers` of it. */
export function aReading(given: Partial<DayReading> = {}): DayReading {
  const papers = given.papers ?? 1;
  return {
    archive: 'cs.DC',
    date: '2025-05-23',
    state: 'complete',
    papers,
    counts: { new: papers },
    declared: papers,
    source: 'text',
    found: null,
    triedAt: 5,
    ...given,
  };
}

export function aSubscription(given: Partial<StoredSubscription> & { id: string }): StoredSubscription {
  return {
    query: '',
    categories: [],
    interests: '',
    authors: [],
    kinds: ['new', 'cross'],
    minScore: 0,
    maxPapers: 25,
    perDay: null,
    target: '100000000000000001',
    style: 'cards',
    hour: null,
    quiet: null,
    zone: 'America/New_York',
    createdBy: null,
    createdAt: 0,
    ...given,
  };
}

export function aTarget(given: Partial<Target> = {}): Target {
  return {
    id: '100000000000000001',
    kind: 'channel',
    guildId: '100000000000000000',
    userId: null,
    state: 'active',
    pausedReason: null,
    ...given,
  };
}

export function aMatch(subscription: string, paper: string, score: number): Match {
  return {
    subscription,
    paper,
    score,
    percentile: null,
    evidence: [{ term: subscription, field: 'title', weight: score }],
  };
}
