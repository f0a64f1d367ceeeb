import { categoryPattern, meansCategories } from '../arxiv/category.ts';
import type { Store } from '../domain/ports.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import type { FileSubscription } from '../exports/subscriptions-file.ts';
import { AppError } from '../lib/errors.ts';
import type { Result } from '../lib/result.ts';

/** Finds a server and a channel of it, each by id or name. */
export type ResolveChannel = (
  guild: string,
  channel: string,
) => Promise<Result<{ readonly id: string; readonly guildId: string; readonly kind: Target['kind'] }, string>>;

/**
 * Saves subscriptions read from a file with the channels they name. Where a place is not found none is saved; after a
 * crash in between, the same file again completes what is missing.
 *
 * @throws AppError('unknown-place') that lists every place that was not found, and every category that arXiv has not
 */
export async function placeSubscriptions(
  subscriptions: readonly FileSubscription[],
  deps: {
    readonly store: Pick<Store, 'subscriptions'>;
    readonly resolveChannel: ResolveChannel;
    readonly nowMs: number;
    readonly zone: string;
  },
): Promise<void> {
  const placed: { subscription: StoredSubscription; target: Target }[] = [];
  const problems: string[] = [];
  for (const { guild, channel, zone = deps.zone, quiet = null, ...subscription } of subscriptions) {
    const place = await deps.resolveChannel(guild, channel);
    const unknown = subscription.categories.filter((category) => !meansCategories(category));
    for (const category of unknown) {
      problems.push(`  ${subscription.id} (${guild} ${channel}): arXiv announces no papers in ${category}`);
    }
    if (!place.ok) problems.push(`  ${subscription.id} (${guild} ${channel}): ${place.error}`);
    if (!place.ok || unknown.length > 0) continue;
    const { id, guildId, kind } = place.value;
    const before = await deps.store.subscriptions.get(subscription.id);
    placed.push({
      subscription: {
        ...subscription,
        categories: subscription.categories.map((category) => categoryPattern(category) ?? category),
        quiet,
        zone,
        target: id,
        createdBy: before?.createdBy ?? null,
        createdAt: before?.createdAt ?? deps.nowMs,
      },
      target: { id, kind, guildId, userId: null, state: 'active', pausedReason: null },
    });
  }
  if (problems.length > 0) {
    throw new AppError('unknown-place', `subscriptions: nothing was imported\n${problems.join('\n')}`);
  }
  for (const { subscription, target } of placed) await deps.store.subscriptions.save(subscription, target);
}
