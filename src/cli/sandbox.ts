import { once } from 'node:events';
import { Option } from 'commander';
import type { Command } from 'commander';
import { readEnvironment } from '../config/environment.ts';
import { createLog } from '../lib/log.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { stopRequested } from './stop-requested.ts';
import { printJson } from './print.ts';
import { port, wholeNumber } from './options.ts';

type Options = {
  port?: number;
  host?: string;
  limits: 'real' | 'fast' | 'off';
  state?: string;
  guilds?: number;
  maxConcurrency?: number;
  identifyInterval?: number;
};

/** `sandbox`: the local Discord alone, until it is stopped. Prints one line when it is ready. */
export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('run only the local Discord')
    .option('--port <number>', 'port of its page and API, 0 for any free one (default: PORT, 8420)', port)
    .option('--host <address>', 'address to listen on (default: HOST, 127.0.0.1)')
    .addOption(
      new Option('--limits <limits>', 'rate limits: Discord’s, 100 times wider, none')
        .choices(['real', 'fast', 'off'])
        .default('real'),
    )
    .option(
      '--guilds <number>',
      'this many small servers besides the reading group (default: 0)',
      wholeNumber(0, 100_000),
    )
    .option(
      '--state <file>',
      'keep its world in this file: messages, commands, whatever was changed; without it each start begins anew',
    )
    .option(
      '--max-concurrency <number>',
      'shards that may identify at the same time (default: as --limits)',
      wholeNumber(1, 1_000),
    )
    .option(
      '--identify-interval <ms>',
      'milliseconds until a shard may identify after another (default: as --limits)',
      wholeNumber(0, 3_600_000),
    )
    .action(async (options: Options) => {
      const { maxConcurrency, identifyInterval } = options;
      const environment = readEnvironment(process.env);
      const sandbox = await startSandbox({
        port: options.port ?? environment.PORT,
        host: options.host ?? environment.HOST,
        limits: options.limits,
        identify: {
          ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
          ...(identifyInterval === undefined ? {} : { intervalMs: identifyInterval }),
        },
        stateFile: options.state ?? null,
        guilds: options.guilds ?? 0,
        log: createLog(environment.LOG_LEVEL),
      });
      printJson(sandbox.ready);
      // Started by `start`, it must not outlive it: the channel between them closes with either.
      const orphaned = process.connected ? once(process, 'disconnect') : new Promise<never>(() => {});
      await Promise.race([stopRequested(), orphaned]);
      await sandbox.close();
      // Started by `start`, the open channel to it would keep this process alive.
      process.disconnect?.();
    });
}
