import type { Command } from 'commander';
import { readEnvironment } from '../config/environment.ts';
import { createLog } from '../lib/log.ts';
import { backUp } from '../store/backup.ts';
import { openDatabase } from '../store/open-database.ts';
import { printJson } from './print.ts';
import { secondsSince } from './seconds-since.ts';

/** `backup FILE`: the whole state in one file, also while the bot runs. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('copy the whole state to a new file, also while the bot runs')
    .argument('<file>', 'that does not exist yet: an SQLite database, whichever database it comes from')
    .action(async (file: string) => {
      const started = performance.now();
      const { DATABASE_URL, LOG_LEVEL } = readEnvironment(process.env);
      const log = createLog(LOG_LEVEL);
      const database = await openDatabase(DATABASE_URL, { log });
      try {
        const { papers, subscriptions, deliveries, bytes } = await backUp(database, file);
        if (papers + subscriptions === 0) {
          log.warn(
            { database: database.name },
            'backup: the database holds nothing yet: check that DATABASE_URL is the bot’s',
          );
        }
        printJson({ file, papers, subscriptions, deliveries, bytes, seconds: secondsSince(started) });
      } finally {
        await database.db.destroy();
      }
    });
}
