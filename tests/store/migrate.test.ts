import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inBatches } from '../../src/store/batches.ts';
import type { DatabaseKind } from '../../src/store/dialect.ts';
import { connectDatabase } from '../../src/store/open-database.ts';
import type { Database } from '../../src/store/open-database.ts';
import { migrate, migrationsFor } from '../../src/store/migrate.ts';
import { toPaperColumns } from '../../src/store/paper-row.ts';
import type { Tables } from '../../src/store/schema.ts';
import { databaseKinds, emptyDatabase } from '../builders/temporary-database.ts';
import { claim, keys, paper, rowsOf, storeAt } from './store-builders.ts';

/** An open database, without what `openDatabase` does to its tables. */
async function connected(url: string): Promise<Database> {
  const database = await connectDatabase(url, 5_000);
  onTestFinished(() => database.db.destroy());
  return database;
}

const tableNames = async (db: Kysely<Tables>) =>
  (await db.introspection.getTables()).map(({ name }) => name).toSorted();

const migrationNames = [
  '0001-first-tables',
  '0002-one-sender',
  '0003-arxiv-in-full',
  '0004-search-index',
  '0005-learning',
  '0006-papers-by-day',
];

describe.each(databaseKinds)('migrate on %s', (kind) => {
  it('creates the tables in an empty database, once', async () => {
    const url = await emptyDatabase(kind);
    expect(await migrate(await connected(url))).toEqual(migrationNames);
    const again = await connected(url);
    expect(await migrate(again)).toEqual([]);
    expect(await tableNames(again.db)).toEqual([
      'announcements',
      'arxiv_turns',
      'calibrations',
      'days',
      'deliveries',
      'imports',
      'leases',
      'marks',
      'notices',
      'papers',
      'promises',
      'recent_queries',
      'search_blocks',
      'search_segments',
      'settings',
      'subscriptions',
      'targets',
    ]);
  });

  it('lets several open an empty database at once', async () => {
    const url = await emptyDatabase(kind);
    const databases = await Promise.all(Array.from({ length: 4 }, () => connected(url)));
    const executed = await Promise.all(databases.map(migrate));
    expect(executed.flat().toSorted()).toEqual(migrationNames);
  });

  it('brings what yesterday’s version left into today’s', async () => {
    const url = await emptyDatabase(kind);
    const { db } = await connected(url);
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...migrationsFor(kind) }) },
    }).migrateTo('0001-first-tables');
    expect(error).toBeUndefined();
    await fillFirstTables(db);
    await oldIndex(db, kind);

    const store = await storeAt(url);
    expect(await store.deliveries.counts(1_000)).toMatchObject({ pending: 4, sent: 1, dead: 1 });
    expect(await rowsOf(url, 'id, state, sender, first_tried_at', 'settled_at is null order by seq')).toEqual([
      { id: 'sending', state: 'uncertain', sender: null, first_tried_at: 10 },
      { id: 'waiting', state: 'pending', sender: null, first_tried_at: null },
      { id: 'retried', state: 'pending', sender: null, first_tried_at: 30 },
      { id: 'paused', state: 'pending', sender: null, first_tried_at: null },
    ]);
    expect(await store.targets.list()).toMatchObject([
      { id: 't1', state: 'active' },
      { id: 't2', state: 'active' },
      { id: 't3', state: 'paused', pausedReason: 'Closed.' },
    ]);
    expect(await store.subscriptions.get('s1')).toMatchObject({ query: 'graphs', hour: 8, quiet: null });
    expect((await store.deliveries.dead(9)).map(({ id, reason }) => `${id}: ${reason}`)).toEqual(['dead: too long']);
    expect(await store.deliveries.promised('t1', ['p1'])).toEqual([{ paper: 'p1', occasion: 'first' }]);
    expect(await store.days.recent(9)).toEqual([
      {
        archive: 'cs.DC',
        date: '2025-05-23',
        state: 'complete',
        papers: 21,
        counts: {},
        declared: null,
        sources: ['text'],
        found: null,
        firstTriedAt: 5,
        triedAt: 5,
        readAt: 6,
        matchedAt: 6,
        check: null,
      },
      expect.objectContaining({ date: '2025-05-22', state: 'late', sources: [], readAt: null }),
    ]);
    expect(await store.papers.search({ query: 'gossip', limit: 100 })).toMatchObject({
      value: { total: { value: 1_201, exact: true } },
    });
    expect(await store.settings.get('search.unindexed')).toBeNull();
    expect(await tableNames(db)).not.toContain('paper_index');
    // The paused target is tried too, and what was being sent may have arrived.
    const claimed = await store.deliveries.claim(claim(1_000));
    expect(keys(claimed)).toEqual(['sending', 'retried', 'paused']);
    expect(claimed.map(({ mayHaveArrived }) => mayHaveArrived)).toEqual([true, false, false]);
  });

  it('refuses the database of a newer Paperboy', async () => {
    const url = await emptyDatabase(kind);
    const database = await connected(url);
    await migrate(database);
    const later = { name: '0007-a-later-idea', timestamp: '2031-01-01T00:00:00.000Z' };
    const withMigrations = database.db.withTables<{ kysely_migration: typeof later }>();
    await withMigrations.insertInto('kysely_migration').values(later).execute();
    await expect(migrate(await connected(url))).rejects.toMatchObject({
      code: 'database-unavailable',
      message: `store: the database ${database.name} was written by a newer Paperboy (schema 7, this one knows 6): upgrade Paperboy or restore a backup`,
    });
  });

  it('leaves a database as it was when a migration fails', async () => {
    const database = await connected(await emptyDatabase(kind));
    // The last table of the first migration is taken: what was created before it must be undone.
    await database.db.schema.createTable('recent_queries').addColumn('id', 'text').execute();
    await expect(migrate(database)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('cannot be brought to schema 6'),
    });
    expect(await tableNames(database.db)).toEqual(['recent_queries']);
  });
});

/** More papers than are indexed at once, and an index of theirs that is no more. */
async function oldIndex(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const papers = Array.from({ length: 1_201 }, (_, index) => ({
    ...toPaperColumns(paper({ id: `2505.${index}`, title: 'Gossip' })),
    first_announced: '2025-05-23',
    last_announced: '2025-05-23',
  }));
  for (const batch of inBatches(papers)) await db.insertInto('papers').values(batch).execute();
  await (
    kind === 'sqlite'
      ? sql`create virtual table paper_index using fts5 (title_stems, content = '')`
      : sql`create table paper_index (rowid bigint primary key references papers (seq))`
  ).execute(db);
}

/** Columns that are no more, or were not yet, are unknown to today's `Tables`. */
type FirstTables = Record<'days' | 'targets' | 'subscriptions' | 'deliveries' | 'promises', Record<string, unknown>>;

/** The outbox of the first version in all its states: one lane that is being sent, one that is tried again, one that is paused. */
async function fillFirstTables(db: Kysely<Tables>): Promise<void> {
  const first = db.$pickTables<never>().withTables<FirstTables>();
  await first
    .insertInto('days')
    .values([
      {
        archive: 'cs.DC',
        date: '2025-05-23',
        state: 'complete',
        papers: 21,
        source: 'text',
        tried_at: 5,
        matched_at: 6,
      },
      { archive: 'cs.DC', date: '2025-05-22', state: 'late', papers: 0, source: null, tried_at: 3, matched_at: null },
    ])
    .execute();
  await first
    .insertInto('targets')
    .values(
      ['t1', 't2', 't3'].map((id) => ({
        id,
        kind: 'channel',
        guild_id: 'g1',
        user_id: null,
        state: id === 't3' ? 'paused' : 'active',
        paused_reason: id === 't3' ? 'Closed.' : null,
      })),
    )
    .execute();
  await first
    .insertInto('subscriptions')
    .values({
      id: 's1',
      target: 't1',
      query: 'graphs',
      categories_json: '[]',
      interests: '',
      authors_json: '[]',
      kinds_json: '["new"]',
      min_score: 0,
      max_papers: 9,
      style: 'cards',
      hour: 8,
      zone: 'UTC',
      created_by: 'u1',
      created_at: 1,
    })
    .execute();
  await first
    .insertInto('deliveries')
    .values([
      delivery('sending', 't1', 10, { leased_until: 99, attempts: 1 }),
      delivery('waiting', 't1', 20),
      delivery('sent', 't1', 1, { state: 'sent', message_id: '5', attempts: 1, settled_at: 7 }),
      delivery('dead', 't2', 1, { state: 'dead', reason: 'too long', attempts: 1, settled_at: 8 }),
      delivery('retried', 't2', 30, { attempts: 2, reason: '503' }),
      delivery('paused', 't3', 40),
    ])
    .execute();
  await first
    .insertInto('promises')
    .values({ target: 't1', paper: 'p1', occasion: 'first', delivery: 'sent' })
    .execute();
}

function delivery(id: string, target: string, due: number, changes: Record<string, unknown> = {}) {
  return {
    id,
    dedupe_key: id,
    target,
    style: 'cards',
    date: '2025-05-23',
    due,
    papers_json: '[]',
    state: 'pending',
    not_before: due,
    leased_until: null,
    attempts: 0,
    reason: null,
    message_id: null,
    created_at: 0,
    settled_at: null,
    ...changes,
  };
}
