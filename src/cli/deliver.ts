import type { Command } from 'commander';
import { openFoundation } from '../app/foundation.ts';
import { deliveryDeps } from '../app/delivery-deps.ts';
import { readEnvironment } from '../config/environment.ts';
import { createRest } from '../discord/rest.ts';
import { AppError } from '../lib/errors.ts';
import { deliverDue } from '../pipeline/deliver.ts';
import { printJson } from './print.ts';

/** `deliver --once`: sends what is due and prints what came of each attempt, one a line. */
export function addDeliver(program: Command): void {
  program
    .command('deliver')
    .description('send what is due')
    .requiredOption('--once', 'then stop (a running bot goes on by itself)')
    .action(async () => {
      const environment = readEnvironment(process.env);
      const token = environment.DISCORD_TOKEN;
      if (token === undefined) {
        throw new AppError(
          'no-token',
          'deliver: DISCORD_TOKEN is not set; set it, or let `npm start` deliver to its local Discord',
        );
      }
      const foundation = await openFoundation(environment);
      try {
        const rest = createRest({ apiUrl: environment.DISCORD_API_URL, token });
        for await (const { delivery, outcome } of deliverDue(deliveryDeps(foundation, rest))) {
          const message = outcome.kind === 'sent' ? outcome.messageId : null;
          printJson({ delivery: delivery.id, outcome: outcome.kind, channel: delivery.target, message });
        }
      } finally {
        await foundation.store.close();
      }
    });
}
