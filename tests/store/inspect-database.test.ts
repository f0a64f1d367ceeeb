import { describe, expect, it } from 'vitest';
import { inspectDatabase } from '../../src/store/inspect-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { databaseKinds, emptyDatabase, temporaryDatabase } from '../builders/temporary-database.ts';
import { silentLog } from './store-builders.ts';

describe.each(databaseKinds)('inspectDatabase on %s', (kind) => {
  it('says that there is nothing yet, and makes nothing', async () => {
    const url = await emptyDatabase(kind);
    for (let times = 0; times < 2; times++) {
      expect(await inspectDatabase(url, { busyTimeoutMs: 1_000 })).toMatchObject({ kind, schema: 'absent' });
    }
  });

  it('knows a database of this version, and what its server is set to lose', async () => {
    const url = await temporaryDatabase(kind);
    await (await openStore(url, { log: silentLog })).close();
    const { schema, faults, facts } = await inspectDatabase(url, { busyTimeoutMs: 1_000 });
    expect(schema).toBe('current');
    expect(facts[0]).toMatch(kind === 'sqlite' ? /^SQLite 3\./ : /^PostgreSQL \d+/);
    // The tests' own server does not sync, to be quick.
    const unsafe = kind === 'sqlite' ? [] : ['fsync', 'full_page_writes'];
    expect(faults.map(({ found }) => found.split(' ', 1)[0])).toEqual(unsafe);
  });
});
