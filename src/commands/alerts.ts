import type { Asked } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import type { CommandDeps } from './deps.ts';

/** A person's private alerts, oldest first, and the direct messages they post to. */
export async function alertsOf(
  userId: string,
  deps: Pick<CommandDeps, 'store'>,
): Promise<{ readonly alerts: readonly StoredSubscription[]; readonly targets: ReadonlyMap<string, Target> }> {
  const made = await deps.store.subscriptions.list({ createdBy: userId });
  const targets = new Map<string, Target>();
  for (const id of new Set(made.map(({ target }) => target))) {
    const target = await deps.store.targets.get(id);
    // The same person may have made subscriptions of channels, which are no private matter.
    if (target?.kind === 'dm' && target.userId === userId) targets.set(id, target);
  }
  return { alerts: made.filter(({ target }) => targets.has(target)), targets };
}

/** The asker's own private alert `id`; null where they have none of that id. */
export async function ownAlert(
  { userId }: Asked,
  id: string,
  deps: Pick<CommandDeps, 'store'>,
): Promise<StoredSubscription | null> {
  const { alerts } = await alertsOf(userId, deps);
  return alerts.find((alert) => alert.id === id) ?? null;
}

export const unknownAlert = 'You have no alert of that id. `/alert list` shows them all.';
