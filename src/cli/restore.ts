import type { Command } from 'commander';
import { hasEnded } from '../app/this-process.ts';
import { readEnvironment } from '../config/environment.ts';
import { createClock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import { findHolders } from '../scheduler/living-holder.ts';
import { createLeaseStore } from '../store/leases.ts';
import { openBackup } from '../store/open-backup.ts';
import { openDatabase } from '../store/open-database.ts';
import { botRunning, refuseFilled, restore } from '../store/restore.ts';
import { printJson } from './print.ts';
import { secondsSince } from './seconds-since.ts';

/** `restore FILE`: replaces the whole state by that of a backup, which is checked before anything is touched. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('replace the whole state by that of a backup; the bot must be stopped')
    .argument('<file>', 'that `backup` wrote, with this version or an older one')
    .option('--force', 'also into a database that holds something, which is lost')
    .action(async (file: string, { force = false }: { force?: boolean }) => {
      const started = performance.now();
      const { DATABASE_URL, LOG_LEVEL } = readEnvironment(process.env);
      const backup = await openBackup(file);
      try {
        const database = await openDatabase(DATABASE_URL, { log: createLog(LOG_LEVEL) });
        try {
          const { db, name } = database;
          // Before the long looks at leases; `restore` asks again.
          if (!force) await refuseFilled(db, name);
          const deps = { leases: createLeaseStore(db), clock: createClock(), hasEnded };
          const { living, dead } = await findHolders(['gateway', 'worker'], deps);
          if (living !== null) throw botRunning(name, living);
          const restored = await restore(database, backup.db, { force, deadHolders: dead });
          const { papers, subscriptions, deliveries } = restored;
          printJson({ file, papers, subscriptions, deliveries, seconds: secondsSince(started) });
        } finally {
          await database.db.destroy();
        }
      } finally {
        await backup.close();
      }
    });
}
