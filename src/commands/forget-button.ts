import { actionButton, buttonRow } from '../discord/buttons.ts';
import type { Answer, Asked, Buttons, MessageAnswer } from '../discord/command.ts';
import { privately } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { ownAlert, unknownAlert } from './alerts.ts';
import type { CommandDeps } from './deps.ts';
import { marksText } from './learned-text.ts';
import { managedSubscription, unknownSubscription } from './managed-subscription.ts';
import { wishText } from './wish-text.ts';

/**
 * The button that makes a subscription forget what it learned. It asks first, in a message with the same button, for marks that are gone
 * are gone.
 */
export function forgetButton(deps: CommandDeps): Buttons['forget'] {
  return async ({ button: { subscription: id, sure }, ...asked }, defer) => {
    await defer(sure ? 'update' : 'private');
    const found = await decidedBy(asked, id, deps);
    if (!found.ok) return sure ? update(found.error) : privately(found.error);
    return sure ? forget(found.value, deps) : askFirst(found.value, deps);
  };
}

async function askFirst(subscription: StoredSubscription, deps: CommandDeps): Promise<Answer> {
  const marks = marksText(await deps.learned(subscription));
  if (marks === '') return privately('There is nothing to forget: no mark counts for it.');
  const sure = actionButton({ label: 'Forget' }, { action: 'forget', subscription: subscription.id, sure: true });
  return {
    place: 'private',
    body: {
      content: `Shall ${wishText(subscription, 200)} (\`${subscription.id}\`) forget what everybody marked, ${marks}? It then ranks by its own words alone. I cannot bring the marks back; 👍 or 👎 under a post teaches it anew.`,
      components: [buttonRow([sure])],
    },
  };
}

async function forget(subscription: StoredSubscription, { store }: CommandDeps): Promise<Answer> {
  if ((await store.marks.forget(subscription.id)) === 0) return update('There was nothing left to forget.');
  return update(
    `Forgotten: ${wishText(subscription, 200)} ranks by its own words alone again, from the next listing on.`,
  );
}

/** A subscription of a channel whose posts the asker decides about, or their own alert; else a sentence. */
async function decidedBy(asked: Asked, id: string, deps: CommandDeps): Promise<Result<StoredSubscription, string>> {
  const alert = await ownAlert(asked, id, deps);
  if (alert !== null) return ok(alert);
  const unknown = asked.guildId === null ? unknownAlert : unknownSubscription;
  return (await managedSubscription(asked, id, deps)) ?? { ok: false, error: unknown };
}

function update(content: string): MessageAnswer {
  return { place: 'update', body: { content, components: [] } };
}
