import { Option } from 'commander';
import type { Command } from 'commander';
import { createLookBack } from '../app/look-back.ts';
import { readEnvironment } from '../config/environment.ts';
import { subscriptionSchema } from '../domain/subscription.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Store } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import { createLog } from '../lib/log.ts';
import { compileSubscription } from '../match/compile.ts';
import { parseCategoryPattern } from '../query/category-pattern.ts';
import { openStore } from '../store/open-store.ts';
import { wholeNumber } from './options.ts';
import { printJson } from './print.ts';

type Options = {
  readonly query?: string;
  readonly categories?: string;
  readonly interests?: string;
  readonly about?: number;
  readonly max?: number;
  readonly subscription?: string;
  readonly days: number;
  readonly papers: number;
};

/** The most papers a day where nobody says otherwise: a subscription's default. */
const defaultMax = subscriptionSchema.shape.maxPapers.parse(undefined);

/** `preview --query … | --subscription ID`: what a subscription would have brought, day by day. */
export function addPreview(program: Command): void {
  program
    .command('preview')
    .description('replay a query, or a subscription, over the last days of the archive; writes nothing')
    .option('--query <query>', 'in the query language: "federated learning" OR title:gossip -survey')
    .option('--categories <codes>', 'only papers in any of these, such as cs.DC,cs.LG')
    .option('--interests <text>', 'ranks the matches; selects where there is no query')
    .option('--about <number>', 'about so many papers a day', wholeNumber(1, 100))
    .option('--max <number>', 'the most papers a day', wholeNumber(1, 100))
    .addOption(
      new Option('--subscription <id>', 'one that there is, beside the others of its channel').conflicts([
        'query',
        'categories',
        'interests',
        'about',
        'max',
      ]),
    )
    .option('--days <number>', 'days of announcements to look back', wholeNumber(1, 1_000), 30)
    .option('--papers <number>', 'the most papers to look at', wholeNumber(1, 10_000_000), 20_000)
    .action(async (options: Options) => {
      const environment = readEnvironment(process.env);
      const store = await openStore(environment.DATABASE_URL, { log: createLog(environment.LOG_LEVEL) });
      try {
        const { wanted, others } = await wantedOf(options, store);
        const { preview } = createLookBack(store);
        const found = await preview(wanted, others, { days: options.days, papers: options.papers });
        const best = found.best.map(({ paper: { id, title }, ...hit }) => ({ id, title, ...hit }));
        printJson({ ...found, best });
      } finally {
        await store.close();
      }
    });
}

async function wantedOf(
  options: Options,
  { subscriptions }: Store,
): Promise<{ wanted: Subscription; others: readonly Subscription[] }> {
  if (options.subscription !== undefined) {
    const wanted = await subscriptions.get(options.subscription);
    if (wanted === null)
      throw new AppError('unknown-subscription', `preview: there is no subscription ${options.subscription}`);
    const others = await subscriptions.list({ target: wanted.target });
    return { wanted, others: others.filter(({ id }) => id !== wanted.id) };
  }
  const { about = null, max = Math.max(defaultMax, about ?? 0) } = options;
  if (about !== null && about > max) {
    throw new AppError(
      'bad-options',
      `preview: about ${about} papers a day cannot come where --max ${max} is the most`,
    );
  }
  const categories = (options.categories ?? '').split(/[\s,;]+/).filter((code) => code !== '');
  const unread = categories.find((code) => parseCategoryPattern(code) === null);
  if (unread !== undefined) {
    throw new AppError('bad-category', `preview: ${unread} is no category such as cs.LG, cs.* or hep-th`);
  }
  const wanted = subscriptionSchema.parse({
    id: 'preview',
    query: options.query ?? '',
    categories,
    interests: options.interests ?? '',
    perDay: about,
    maxPapers: max,
  });
  const read = compileSubscription(wanted);
  if (!read.ok) throw new AppError('bad-query', `preview: query, column ${read.error.column}: ${read.error.message}`);
  return { wanted, others: [] };
}
