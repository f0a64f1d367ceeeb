import { Option } from 'commander';
import type { Command } from 'commander';
import { readEnvironment } from '../config/environment.ts';
import type { SearchRequest } from '../domain/search.ts';
import { AppError } from '../lib/errors.ts';
import { createLog } from '../lib/log.ts';
import { openStore } from '../store/open-store.ts';
import { isoDate, wholeNumber } from './options.ts';
import { printJson } from './print.ts';

/** `search QUERY`: one page of what the archive has. */
export function addSearch(program: Command): void {
  program
    .command('search')
    .description('search the papers read so far')
    .argument('<query>', 'in the query language: "federated learning" OR title:gossip -survey')
    .option('--category <code>', 'only papers of this category')
    .option('--author <name>', 'only papers by this author')
    .option('--since <date>', 'announced on this day or later', isoDate)
    .option('--until <date>', 'announced on this day or earlier', isoDate)
    .addOption(new Option('--sort <order>').choices(['relevance', 'date']).default('relevance'))
    .addOption(
      new Option('--rank <ranking>', 'bm25: without the preference for recent papers')
        .choices(['default', 'bm25'])
        .default('default'),
    )
    .option('--limit <number>', 'results a page', wholeNumber(1, 100), 10)
    .option('--offset <number>', 'results to skip', wholeNumber(0, 1_000_000), 0)
    .action(async (query: string, options: Omit<SearchRequest, 'query'>) => {
      const environment = readEnvironment(process.env);
      const store = await openStore(environment.DATABASE_URL, { log: createLog(environment.LOG_LEVEL) });
      try {
        const page = await store.papers.search({ ...options, query });
        if (!page.ok) throw new AppError('bad-query', `query, column ${page.error.column}: ${page.error.message}`);
        const hits = page.value.hits.map(({ paper, score, highlights }) => ({
          id: paper.id,
          title: paper.title,
          score,
          highlights,
        }));
        const { total, suggestion } = page.value;
        printJson({ total, hits, ...(suggestion === null ? {} : { suggestion }) });
      } finally {
        await store.close();
      }
    });
}
