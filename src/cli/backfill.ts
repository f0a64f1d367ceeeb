import { basename } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { openFoundation } from '../app/foundation.ts';
import type { Foundation } from '../app/foundation.ts';
import { readEnvironment } from '../config/environment.ts';
import type { BackfillCounts } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import { backfill } from '../pipeline/backfill.ts';
import { arxivPages } from './arxiv-pages.ts';
import type { Wanted } from './arxiv-pages.ts';
import { isoDate } from './options.ts';
import { printJson } from './print.ts';
import { createProgress } from './progress.ts';
import { openLines } from './read-lines.ts';
import type { LineFile } from './read-lines.ts';
import { readSnapshot } from './read-snapshot.ts';
import { secondsSince } from './seconds-since.ts';

type Options = {
  readonly category?: string;
  readonly from?: string;
  readonly until?: string;
  readonly jsonl?: string;
  readonly source: 'api' | 'oai';
};

/** `backfill`: papers of the past into the archive; nobody is told of them. */
export function addBackfill(program: Command): void {
  program
    .command('backfill')
    .description('fill the archive with papers of the past; nothing is posted')
    .option('--category <code>', 'the papers of this category')
    .option('--from <date>', 'submitted on this day or later (with oai: changed)', isoDate)
    .option('--until <date>', 'and on this day or earlier', isoDate)
    .addOption(new Option('--source <source>', 'ask arXiv by').choices(['api', 'oai']).default('api'))
    .option('--jsonl <file>', 'or the papers of a file in JSON Lines, packed by gzip or not')
    .action(async (options: Options, command: Command) => {
      const { category, from, until, jsonl } = options;
      const asksArxiv = category !== undefined && from !== undefined && until !== undefined;
      if (asksArxiv === (jsonl !== undefined)) {
        command.error('error: name a category with --category, --from and --until, or a file with --jsonl');
      }
      if (asksArxiv && from > until) command.error('error: --from is later than --until');
      // A file that cannot be read is said before a database is made.
      const file = jsonl === undefined ? null : { name: jsonl, lines: openLines(jsonl) };
      const foundation = await openFoundation(readEnvironment(process.env));
      try {
        if (file !== null) await importFile(file, foundation);
        else if (asksArxiv) await askArxiv({ category, from, until, source: options.source }, foundation);
      } finally {
        await foundation.store.close();
      }
    });
}

const complaintsSaid = 5;

async function importFile(
  { name, lines: file }: { readonly name: string; readonly lines: LineFile },
  foundation: Foundation,
): Promise<void> {
  const { holidays } = foundation.settings.arxiv;
  const started = performance.now();
  const progress = createProgress(basename(name), foundation.log);
  let unusable = 0;
  const pages = readSnapshot(file, { name, holidays }, (sentence) => {
    unusable += 1;
    if (unusable <= complaintsSaid) process.stderr.write(`${sentence}\n`);
  });
  try {
    const counts = await backfill(`jsonl:${file.fingerprint}`, pages, {
      ...foundation,
      onProgress: (sum) => progress.update(file.bytesRead() / file.size, papersOf(sum)),
    });
    progress.stop();
    printCounts(counts, started);
  } finally {
    progress.stop();
  }
  if (unusable > 0) {
    const lines = unusable === 1 ? '1 line' : `${unusable} lines`;
    throw new AppError(
      'unusable-lines',
      `${name}: ${lines} cannot be used and ${unusable === 1 ? 'was' : 'were'} left out; all others are in`,
    );
  }
}

async function askArxiv(wanted: Wanted, foundation: Foundation): Promise<void> {
  const started = performance.now();
  const progress = createProgress(`${wanted.category} by ${wanted.source}`, foundation.log);
  let share = 0;
  const { source, readPages } = arxivPages(wanted, foundation, (done) => {
    share = done;
  });
  try {
    const counts = await backfill(source, readPages, {
      ...foundation,
      onProgress: (sum) => progress.update(share, papersOf(sum)),
    });
    progress.stop();
    printCounts(counts, started);
  } finally {
    progress.stop();
  }
}

function printCounts(counts: BackfillCounts, started: number): void {
  printJson({ papers: papersOf(counts), ...counts, seconds: secondsSince(started) });
}

function papersOf({ added, updated, skipped }: BackfillCounts): number {
  return added + updated + skipped;
}
