import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** Reads a database as somebody without Paperboy would, and leaves it as it is: whatever a dead process left is for the next one to mend. */
export async function rowsOf(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path !== undefined) {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      return database
        .prepare(statement)
        .all()
        .map((row) => ({ ...row }));
    } finally {
      database.close();
    }
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}
