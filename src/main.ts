import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addDeliver } from './cli/deliver.ts';
import { addIngest } from './cli/ingest.ts';
import { addMatch } from './cli/match.ts';
import { addParse } from './cli/parse.ts';
import { addRender } from './cli/render.ts';
import { addSandbox } from './cli/sandbox.ts';
import { addSearch } from './cli/search.ts';
import { addStart } from './cli/start.ts';
import { addSubscriptions } from './cli/subscriptions.ts';
import { addTex } from './cli/tex.ts';
import { AppError } from './lib/errors.ts';

/** Exit codes: 0 done, 1 failed with a sentence on stderr, 2 wrong usage. */
async function main(): Promise<number> {
  const program = new Command('paperboy')
    .description('Delivers each morning’s arXiv papers to Discord, and answers searches.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(paperboy --help lists the verbs, paperboy VERB --help the options of one)');
  for (const addVerb of [
    addStart,
    addSandbox,
    addParse,
    addMatch,
    addSearch,
    addRender,
    addIngest,
    addDeliver,
    addSubscriptions,
    addTex,
  ]) {
    addVerb(program);
  }
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof AppError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    const stack = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`paperboy: this is a bug, please report it with what you did: ${stack}\n`);
    return 1;
  }
}

process.exitCode = await main();
