import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { AppError } from './lib/errors.ts';

/** Every verb, loaded when it is wanted: `tex` has no use for Discord's library, nor the local Discord for the database's. */
const verbs: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  start: async () => (await import('./cli/start.ts')).addStart,
  sandbox: async () => (await import('./cli/sandbox.ts')).addSandbox,
  parse: async () => (await import('./cli/parse.ts')).addParse,
  match: async () => (await import('./cli/match.ts')).addMatch,
  search: async () => (await import('./cli/search.ts')).addSearch,
  why: async () => (await import('./cli/why.ts')).addWhy,
  preview: async () => (await import('./cli/preview.ts')).addPreview,
  render: async () => (await import('./cli/render.ts')).addRender,
  ingest: async () => (await import('./cli/ingest.ts')).addIngest,
  backfill: async () => (await import('./cli/backfill.ts')).addBackfill,
  deliver: async () => (await import('./cli/deliver.ts')).addDeliver,
  backup: async () => (await import('./cli/backup.ts')).addBackup,
  restore: async () => (await import('./cli/restore.ts')).addRestore,
  subscriptions: async () => (await import('./cli/subscriptions.ts')).addSubscriptions,
  doctor: async () => (await import('./cli/doctor.ts')).addDoctor,
  tex: async () => (await import('./cli/tex.ts')).addTex,
};

/** The verb that was named; all of them for help and for complaints, which list them. */
function verbsToLoad(name = '') {
  const verb = verbs[name];
  return verb ? [verb] : Object.values(verbs);
}

/** Exit codes: 0 done, 1 failed with a sentence on stderr, 2 wrong usage. */
async function main(): Promise<number> {
  const program = new Command('paperboy')
    .description('Delivers each morning’s arXiv papers to Discord, and answers searches.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(paperboy --help lists the verbs, paperboy VERB --help the options of one)');
  for (const load of verbsToLoad(process.argv[2])) (await load())(program);
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

// `paperboy … | head` closes its end early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await main();
