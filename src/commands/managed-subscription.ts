import type { Asked } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { CommandDeps } from './deps.ts';
import { managingElsewhereRefused, maySee } from './permissions.ts';

/**
 * The subscription `id` of a channel of this server, for who may decide what that channel receives; for everybody else a sentence. Null
 * where there is none that the asker may know of.
 */
export async function managedSubscription(
  asked: Asked,
  id: string,
  deps: Pick<CommandDeps, 'store'>,
): Promise<Result<StoredSubscription, string> | null> {
  const subscription = await deps.store.subscriptions.get(id);
  const target = subscription && (await deps.store.targets.get(subscription.target));
  if (!subscription || asked.guildId === null || target?.guildId !== asked.guildId) return null;
  // That there is one in a channel which the asker cannot see is told as little as what it is.
  if (asked.lookUp(target.id) !== null && !maySee(asked, target.id)) return null;
  const refused = managingElsewhereRefused(asked, target.id);
  return refused === null ? ok(subscription) : err(refused);
}

export const unknownSubscription = 'This server has no subscription of that id. `/subscriptions list` shows them all.';
