import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Row } from './state-rows.ts';

/** How long changes are gathered before they are written; longer where writing takes long, so that it never takes more than a tenth. */
const gatherMs = 100;

/**
 * Writes each row that changed soon after it did, all that were gathered in one transaction, and the last ones on `flush()`.
 * A failed write is a warning: what it held is written with the next change. Cost of a write: what changed.
 */
export function createStateWriter(database: DatabaseSync, file: string, deps: { log: Log }) {
  const put = database.prepare(
    `insert into rows (kind, parent, id, body) values (?, ?, ?, ?)
     on conflict (kind, parent, id) do update set body = excluded.body`,
  );
  const drop = database.prepare('delete from rows where kind = ? and parent = ? and id = ?');
  /** The newest of each row, in the order in which they were first heard of. */
  const waiting = new Map<string, Row>();
  let timer: NodeJS.Timeout | null = null;
  let lastWriteMs = 0;

  const write = () => {
    timer = null;
    const startedMs = performance.now();
    try {
      database.exec('begin');
      for (const { kind, parent, id, body } of waiting.values()) {
        if (body === null) drop.run(kind, parent, id);
        else put.run(kind, parent, id, JSON.stringify(body));
      }
      database.exec('commit');
      waiting.clear();
    } catch (error) {
      // After some errors (disk full, I/O) SQLite has rolled back already.
      if (database.isTransaction) database.exec('rollback');
      deps.log.warn({ file, error: messageOf(error) }, 'sandbox: the state file could not be written');
    }
    lastWriteMs = performance.now() - startedMs;
  };
  return {
    keep(row: Row): void {
      waiting.set(`${row.kind} ${row.parent} ${row.id}`, row);
      timer ??= setTimeout(write, Math.max(gatherMs, lastWriteMs * 10));
    },
    flush(): void {
      if (timer !== null) clearTimeout(timer);
      if (waiting.size > 0) write();
    },
  };
}
