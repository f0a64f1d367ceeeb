import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUp } from '../../src/store/backup.ts';
import { openBackup } from '../../src/store/open-backup.ts';
import { openStore } from '../../src/store/open-store.ts';
import { restore } from '../../src/store/restore.ts';
import { databaseKinds, temporaryDatabase, temporaryFolder } from '../builders/temporary-database.ts';
import { opened } from './state-builders.ts';
import { dayMs, outbox, planned, silentLog, withTargets } from './store-builders.ts';

const nowMs = Date.parse('2025-05-23T12:00:00Z');

describe.each(databaseKinds)('a restored backup on %s', (kind) => {
  it('claims what was announced by the day on which sending begins as what may have arrived', async () => {
    const source = await temporaryDatabase(kind);
    const store = await openStore(source, { log: silentLog });
    await withTargets(store, 'before', 'same', 'after');
    await store.deliveries.commit(
      outbox([
        planned('before', ['p1'], { date: '2025-05-22' }),
        planned('same', ['p1'], { date: '2025-05-23' }),
        planned('after', ['p1'], { date: '2025-05-26' }),
      ]),
    );
    await store.leases.take('worker', null, 's1');
    const path = join(temporaryFolder(), 'backup.db');
    await backUp(await opened(source), path);

    const url = await temporaryDatabase(kind);
    const backup = await openBackup(path);
    await restore(await opened(url), backup.db, { force: false, deadHolders: [] });
    await backup.close();
    const restored = await openStore(url, { log: silentLog });
    await restored.leases.take('worker', null, 's1');
    const claimed = await restored.deliveries.claim({ sender: 's1', nowMs, limit: 10 });
    const mayHaveArrived = (deliveries: typeof claimed) =>
      Object.fromEntries(deliveries.map((delivery) => [delivery.target, delivery.mayHaveArrived]));
    expect(mayHaveArrived(claimed)).toEqual({ before: true, same: true, after: false });

    // The day is the one on which it began. What is planned again later, from days before, may stand anywhere in its channel.
    for (const { id } of claimed) await restored.deliveries.settle('s1', id, { kind: 'sent', messageId: '900' }, nowMs);
    await restored.deliveries.commit(
      outbox([planned('same', ['p2'], { date: '2025-05-21' }), planned('after', ['p2'], { date: '2025-05-27' })]),
    );
    const later = await restored.deliveries.claim({ sender: 's1', nowMs: nowMs + 30 * dayMs, limit: 10 });
    expect(mayHaveArrived(later)).toEqual({ same: true, after: false });
    expect(later.map(({ target, after }) => [target, after])).toEqual([
      ['same', null],
      ['after', '900'],
    ]);
    await restored.close();

    const untouched = await store.deliveries.claim({ sender: 's1', nowMs, limit: 10 });
    expect(mayHaveArrived(untouched)).toEqual({ before: false, same: false, after: false });
    await store.close();
  });
});
