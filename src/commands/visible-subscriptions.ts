import type { Asked } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { alertsOf } from './alerts.ts';
import type { CommandDeps } from './deps.ts';
import { maySee } from './permissions.ts';

/** Every subscription that the asker may know of: of the channels of this server that they see, and their private alerts. */
export async function visibleSubscriptions(
  asked: Asked,
  deps: Pick<CommandDeps, 'store'>,
): Promise<readonly StoredSubscription[]> {
  const { alerts } = await alertsOf(asked.userId, deps);
  if (asked.guildId === null) return alerts;
  const all = await deps.store.subscriptions.list({ guildId: asked.guildId });
  return [...all.filter(({ target }) => maySee(asked, target)), ...alerts];
}

/** Where a subscription posts, for suggestions: `#channel` or `my alerts`; empty for a channel that is gone. */
export function placeName(asked: Asked, { target }: StoredSubscription, isAlert: boolean): string {
  if (isAlert) return 'my alerts';
  const name = asked.lookUp(target)?.name;
  return name === undefined ? '' : `#${name}`;
}
