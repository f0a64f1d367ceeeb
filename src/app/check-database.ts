import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ReadEnvironment } from '../config/environment.ts';
import type { Store } from '../domain/ports.ts';
import { createLog } from '../lib/log.ts';
import { messageOf } from '../lib/errors.ts';
import { inspectDatabase } from '../store/inspect-database.ts';
import type { Inspection } from '../store/inspect-database.ts';
import { openStore } from '../store/open-store.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check, Finding } from './check.ts';

/** Real milliseconds that other processes may hold the database up; a transaction of ours takes a second at most. */
const busyTimeoutMs = 5_000;

const mend = 'Do what the sentence says, or name another database in DATABASE_URL.';

/**
 * Whether the database can be used, without changing it. The store comes with it where there is one of this version's schema; whoever gets
 * it closes it.
 */
export async function checkDatabase({
  environment,
  problems,
}: ReadEnvironment): Promise<{ readonly check: Check; readonly store: Store | null }> {
  let store: Store | null = null;
  const result = await check('database', mend, async () => {
    if (problems.some(({ name }) => name === 'DATABASE_URL')) return unknown('DATABASE_URL cannot be used');
    const inspection = await inspectDatabase(environment.DATABASE_URL, { busyTimeoutMs });
    const [fault] = inspection.faults;
    // A damaged file is left alone; how a server is set keeps nobody from reading.
    if (inspection.schema === 'current' && (!fault || inspection.kind === 'postgres')) {
      // Up to date, so that opening it migrates nothing.
      store = await openStore(environment.DATABASE_URL, { log: createLog('silent'), busyTimeoutMs });
    }
    if (fault) return ill(inspection.faults.map(({ found }) => found).join('; '), mendsOf(inspection));
    return findingOf(inspection);
  });
  return { check: result, store };
}

function mendsOf({ faults }: Inspection): string {
  return faults.map((fault) => fault.mend).join(' ');
}

function findingOf({ kind, name, schema, facts }: Inspection): Finding {
  const found = `${name} (${facts.join(', ')})`;
  // Whether a server's files are whole, only the server knows.
  const sound = kind === 'sqlite' ? 'is whole and can be written' : 'can be used';
  if (schema === 'current') return well(`${found} ${sound}`);
  if (schema === 'older') {
    return well(
      `${found} ${sound}; it is of an older Paperboy: the next start brings it up to date, make a backup first`,
    );
  }
  return kind === 'sqlite' && name !== ':memory:' ? absent(name, found) : well(found);
}

/** The nearest folder that is there must take what is to come. */
function absent(path: string, found: string): Finding {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return well(`${found}: the first start makes it`);
  } catch (error) {
    return ill(
      `${found}, and ${folder} may not be written (${messageOf(error)})`,
      'Give the user that runs Paperboy the right to write there, or name another place in DATABASE_URL.',
    );
  }
}
