import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Defer } from '../discord/command.ts';
import { ownAlert, unknownAlert } from './alerts.ts';
import type { CommandDeps } from './deps.ts';
import { managedSubscription, unknownSubscription } from './managed-subscription.ts';
import { maySee } from './permissions.ts';
import { subscriptionBody } from './subscription-show.ts';

const idSchema = z.object({ id: z.string().trim() });

/** /subscriptions show: everything about one subscription, for everybody who sees its channel. */
export async function showSubscription(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  await defer('private');
  const { id } = idSchema.parse(asked.options);
  const subscription = await deps.store.subscriptions.get(id);
  const target = subscription && (await deps.store.targets.get(subscription.target));
  if (!subscription || !target || target.guildId !== asked.guildId || !maySee(asked, target.id)) {
    return privately(unknownSubscription);
  }
  const managed = await managedSubscription(asked, id, deps);
  return {
    place: 'private',
    body: await subscriptionBody(subscription, { here: asked.channel.id, mayForget: managed?.ok === true }, deps),
  };
}

/** /alert show: everything about one of the asker's alerts. */
export async function showAlert(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  await defer('private');
  const alert = await ownAlert(asked, idSchema.parse(asked.options).id, deps);
  if (alert === null) return privately(unknownAlert);
  return { place: 'private', body: await subscriptionBody(alert, { here: asked.channel.id, mayForget: true }, deps) };
}
