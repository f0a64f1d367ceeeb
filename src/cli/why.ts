import type { Command } from 'commander';
import { createLookBack } from '../app/look-back.ts';
import { readPaperId } from '../commands/paper-id.ts';
import { readEnvironment } from '../config/environment.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Store } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import { createLog } from '../lib/log.ts';
import type { Explanation } from '../pipeline/explain.ts';
import { fateOf } from '../pipeline/fate.ts';
import { openStore } from '../store/open-store.ts';
import { printJson } from './print.ts';

/** `why PAPER [--subscription ID]`: what became of a paper for every subscription, or for one; one a line. */
export function addWhy(program: Command): void {
  program
    .command('why')
    .description('say why a paper was posted, or why not, by every subscription; one a line')
    .argument('<paper>', 'arXiv identifier or address')
    .option('--subscription <id>', 'only this one')
    .action(async (written: string, options: { subscription?: string }) => {
      const read = readPaperId(written);
      if (!read.ok) throw new AppError('bad-identifier', `why: ${written} is no arXiv identifier, such as 2505.16508`);
      const environment = readEnvironment(process.env);
      const store = await openStore(environment.DATABASE_URL, { log: createLog(environment.LOG_LEVEL) });
      try {
        const subscriptions = await asked(options.subscription, store);
        const explained = await createLookBack(store).explain(read.value, subscriptions);
        if (explained === null) {
          throw new AppError('unknown-paper', `why: ${read.value} is in no listing and no import that was read`);
        }
        for (const explanation of explained.explanations) printJson(toLine(read.value, explanation));
      } finally {
        await store.close();
      }
    });
}

async function asked(id: string | undefined, { subscriptions }: Store): Promise<readonly StoredSubscription[]> {
  if (id === undefined) return subscriptions.list();
  const found = await subscriptions.get(id);
  if (found === null) throw new AppError('unknown-subscription', `why: there is no subscription ${id}`);
  return [found];
}

/** What became of it first; who subscribed, and to what else, is no answer to the question. */
function toLine(paper: string, explanation: Explanation): object {
  const { subscription, target, ...rest } = explanation;
  const { id, query, categories, authors, interests, kinds, minScore, maxPapers, perDay } = subscription;
  return {
    paper,
    subscription: id,
    fate: fateOf(explanation).kind,
    ...rest,
    wanted: { query, categories, authors, interests, kinds, minScore, maxPapers, perDay },
    target: target && { id: target.id, state: target.state, pausedReason: target.pausedReason },
  };
}
