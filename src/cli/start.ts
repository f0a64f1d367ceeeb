import { Option } from 'commander';
import type { Command } from 'commander';
import { openFoundation } from '../app/foundation.ts';
import { botRoles, startBot } from '../app/start-bot.ts';
import type { BotReady, BotRole } from '../app/start-bot.ts';
import { returnMemory } from '../app/return-memory.ts';
import { readEnvironment } from '../config/environment.ts';
import { messageOf } from '../lib/errors.ts';
import { printJson } from './print.ts';
import { stopRequested } from './stop-requested.ts';

/** Real milliseconds after which the first posts are out and starting has left its garbage. */
const settledAfterMs = 5_000;

/** Real milliseconds that a stop may take. */
const stopWithinMs = 9_500;

/** `start`: the bot, until it is stopped. Says where it is on a terminal, and to programs as one JSON line. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the bot; without DISCORD_TOKEN on a local Discord with a web page')
    .addOption(new Option('--role <role>', 'what this process does').choices(botRoles).default('all'))
    .action(async ({ role }: { role: BotRole }) => {
      const stopping = stopRequested();
      const foundation = await openFoundation(readEnvironment(process.env), { startsDemo: true });
      const bot = await Promise.race([startBot(foundation, role), stopping]);
      // Stopped before it was up: what was written is in the database, and the local Discord ends with us.
      if (!bot) process.exit(0);
      if (process.stdout.isTTY) process.stdout.write(welcome(bot.ready));
      else printJson(bot.ready);
      setTimeout(() => void returnMemory(), settledAfterMs).unref();
      let lastWord = '';
      try {
        await Promise.race([stopping, bot.failed]);
      } catch (error) {
        process.exitCode = 1;
        lastWord = `${messageOf(error)}\n`;
        throw error;
      } finally {
        // What still holds the process up by then, an answer that does not come, is looked for at the next start.
        setTimeout(() => {
          process.stderr.write(lastWord);
          process.exit();
        }, stopWithinMs).unref();
        await bot.close();
      }
    });
}

/** What somebody at a terminal reads. */
export function welcome({ page, health, discord, standingBy }: Omit<BotReady, 'guilds' | 'sandbox'>): string {
  const where = page
    ? `Open ${page} to see the local Discord: the papers of the day are there, and / takes commands.`
    : standingBy.length === 0
      ? `Connected to ${discord}.`
      : `Standing by as ${standingBy.join(' and ')}: another process on this database does that. This one takes over when it ends.`;
  return `\nPaperboy is running.\n\n  ${where}\n  Health: ${health}\n  Stop with Ctrl+C.\n\n`;
}
