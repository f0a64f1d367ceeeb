import { Option } from 'commander';
import type { Command } from 'commander';
import { openFoundation } from '../app/foundation.ts';
import type { Foundation } from '../app/foundation.ts';
import { deliveryDeps } from '../app/delivery-deps.ts';
import { hasEnded, holderName } from '../app/this-process.ts';
import { readEnvironment } from '../config/environment.ts';
import { createInvalidRequests } from '../discord/invalid-requests.ts';
import type { DeadDelivery } from '../domain/delivery.ts';
import { AppError } from '../lib/errors.ts';
import { deliverDue } from '../pipeline/deliver.ts';
import { adoptUnsettled } from '../pipeline/delivery-loop.ts';
import { publishWaiting } from '../pipeline/publish.ts';
import { awaitLease } from '../scheduler/role-lease.ts';
import { printJson } from './print.ts';

type Options = { readonly once?: true; readonly dead?: true; readonly retry?: true };

/**
 * `deliver --once`: sends what is due and prints what came of each attempt, one a line. `--dead` lists what was given up, `--retry` puts it
 * back into the outbox.
 */
export function addDeliver(program: Command): void {
  program
    .command('deliver')
    .description('send what is due, or see to what was given up')
    .argument('[ids...]', 'deliveries that --retry puts back; all that were given up where none is named')
    .addOption(new Option('--once', 'send what is due, then stop (a running bot goes on by itself)').conflicts('dead'))
    .addOption(new Option('--dead', 'list what was given up, and why').conflicts('retry'))
    .option('--retry', 'put what was given up back into the outbox; a running bot, or --once, sends it')
    .action(async (ids: string[], { once, dead, retry }: Options, command: Command) => {
      if (!once && !dead && !retry) command.error('error: choose --once, --dead or --retry');
      if (ids.length > 0 && !retry) command.error('error: deliveries are named for --retry');
      const foundation = await openFoundation(readEnvironment(process.env));
      try {
        if (dead) for (const letter of await foundation.store.deliveries.dead(mostListed)) printDead(letter, 'dead');
        if (retry) await revive(foundation, ids);
        if (once) await deliverOnce(foundation);
      } finally {
        await foundation.store.close();
      }
    });
}

const mostListed = 1_000;

function printDead({ id, target, papers, reason }: DeadDelivery, outcome: 'dead' | 'queued'): void {
  printJson({ delivery: id, outcome, channel: target, papers, reason });
}

async function revive({ store }: Foundation, ids: readonly string[]): Promise<void> {
  const revived = await store.deliveries.revive(ids.length > 0 ? ids : 'all');
  const missing = ids.filter((id) => !revived.some((letter) => letter.id === id));
  for (const letter of revived) printDead(letter, 'queued');
  if (missing.length === 0) return;
  throw new AppError(
    'no-such-delivery',
    `deliver: ${missing.join(', ')} ${missing.length === 1 ? 'is no delivery that was' : 'are no deliveries that were'} given up; \`deliver --dead\` lists those there are`,
  );
}

/** How long to wait before looking again whether something is due, in real milliseconds. */
const lookAgainMs = 500;

/**
 * Drains what is due. While another process sends from this database, it does that: then this one waits until nothing is due, and takes over
 * should the other one end.
 */
async function deliverOnce(foundation: Foundation): Promise<void> {
  const { store, clock, log, environment } = foundation;
  const token = environment.DISCORD_TOKEN;
  if (token === undefined) {
    throw new AppError(
      'no-token',
      'deliver: DISCORD_TOKEN is not set; set it, or let `npm start` deliver to its local Discord',
    );
  }
  const done = new AbortController();
  const isDrained = async () => (await store.deliveries.counts(clock.now())).due === 0;
  const drainedByOther = (async () => {
    while (!done.signal.aborted) {
      await clock.sleep(clock.fromReal(lookAgainMs), done.signal);
      // A database that does not answer is asked again, as it is for the lease.
      if (!done.signal.aborted && (await isDrained().catch(() => false))) done.abort();
    }
  })();
  const deps = { leases: store.leases, clock, log, hasEnded, onStandby: () => {} };
  const lease = await awaitLease('worker', holderName(), deps, done.signal);
  done.abort();
  await drainedByOther;
  if (!lease) return;
  try {
    const discord = {
      apiUrl: environment.DISCORD_API_URL,
      token,
      invalidRequests: createInvalidRequests(clock, log),
    };
    const delivery = deliveryDeps(foundation, discord, lease);
    await adoptUnsettled({ ...foundation, lease });
    do {
      for await (const { delivery: sent, outcome } of deliverDue(delivery)) {
        const message = outcome.kind === 'sent' ? outcome.messageId : null;
        const why = 'reason' in outcome ? { reason: outcome.reason } : {};
        printJson({ delivery: sent.id, outcome: outcome.kind, channel: sent.target, message, ...why });
      }
      if (await isDrained()) break;
      // A channel that takes no more for some seconds.
      await clock.sleep(clock.fromReal(lookAgainMs));
    } while (!delivery.isBlocked());
    await publishWaiting(delivery);
  } finally {
    await lease.release();
  }
}
