import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Defer } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { alertsOf } from './alerts.ts';
import type { CommandDeps } from './deps.ts';
import { maxAlertsPerPerson } from './limits.ts';
import { previewEmbed } from './preview-embed.ts';
import { comesAs } from './comes-as.ts';
import { resumeDm } from './resume.ts';
import { isSameWish } from './same-wish.ts';
import { readTiming } from './timing.ts';
import { unusedId } from './unused-id.ts';
import { readWish, subscriptionOf } from './wish.ts';
import { wishText } from './wish-text.ts';

/**
 * Makes a private alert. Its confirmation goes to the person's direct messages: so an alert that was confirmed is one that can arrive, and
 * one that cannot is not kept.
 */
export async function addAlert(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  const wish = readWish(asked.options);
  if (!wish.ok) return privately(wish.error);
  const timing = readTiming(asked.options, { hour: null, quiet: null, zone: deps.defaults.zone });
  if (!timing.ok) return privately(timing.error);

  await defer('private');
  const { alerts } = await alertsOf(asked.userId, deps);
  if (alerts.length >= maxAlertsPerPerson) {
    return privately(
      `You have ${alerts.length} alerts, and ${maxAlertsPerPerson} is the most. Remove one with \`/alert remove\` first.`,
    );
  }
  const wanted = subscriptionOf(wish.value, await unusedId(deps), deps.defaults);
  const twin = alerts.find((alert) => isSameWish(alert, wanted));
  if (twin) {
    const unchanged = `You have an alert for ${wishText(twin)} already (\`${twin.id}\`). Nothing was changed; \`/alert edit id:${twin.id}\` does that.`;
    return privately([unchanged, ...(await resumeDm(asked, twin, deps))].join(' '));
  }
  const known = await deps.store.targets.dmOf(asked.userId);
  const dm = await deps.openDm({ userId: asked.userId, isKnown: known !== null });
  if (!dm.ok) return privately(`${dm.error} Nothing was saved.`);

  const alert: StoredSubscription = {
    ...wanted,
    target: dm.value,
    style: 'digest',
    ...timing.value,
    createdBy: asked.userId,
    createdAt: deps.clock.now(),
  };
  const preview = await deps.preview(wanted, alerts);
  // Saved before it is confirmed: a crash in between leaves an alert without its confirmation, never the reverse.
  await deps.store.subscriptions.save(alert, {
    id: dm.value,
    kind: 'dm',
    guildId: null,
    userId: asked.userId,
    state: 'active',
    pausedReason: null,
  });
  const confirmed = await deps.sendDm({
    channelId: dm.value,
    body: {
      content: `Your alert for ${wishText(alert)} is set. ${comesAs(alert, 'here')} \`/alert edit id:${alert.id}\` changes it, \`/alert remove id:${alert.id}\` ends it.`,
      embeds: [previewEmbed(preview, alert, alerts)],
    },
    key: `alert:${alert.id}`,
  });
  if (!confirmed.ok) {
    await deps.store.subscriptions.delete(alert.id);
    return privately(`${confirmed.error} Nothing was saved.`);
  }
  // Earlier alerts may have been paused while direct messages were closed.
  await deps.store.targets.resume(dm.value);
  return privately(
    `Your alert for ${wishText(alert)} is set. I have just written to you, and that is where papers will arrive.`,
  );
}
