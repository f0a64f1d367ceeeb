import { privately } from '../discord/command.ts';
import type { Asked, Buttons, Pressed } from '../discord/command.ts';
import type { ButtonId } from '../discord/custom-id.ts';
import { titleOf } from '../discord/embed-paper.ts';
import type { MarkKind } from '../domain/mark.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import type { CommandDeps } from './deps.ts';
import { markText } from './mark-text.ts';
import { maySee } from './permissions.ts';

type Opinion = Extract<MarkKind, 'up' | 'down'>;

/**
 * A button that sets or takes back the presser's mark on a paper, for the subscriptions that brought it, and says to them alone which of
 * the two it did and what comes of it.
 */
export function markButton(kind: Opinion, deps: CommandDeps): Buttons[Opinion] {
  return async (pressed, defer) => {
    await defer('private');
    const { userId, button, guildId } = pressed;
    const subscriptions = await subscriptionsBehind(pressed, deps);
    const ids = subscriptions.map(({ id }) => id);
    const mark = { userId, paper: button.paper, kind, subscriptions: ids, nowMs: deps.clock.now() };
    const isSet = await deps.store.marks.toggle(mark);
    const [paper] = await deps.store.papers.byIds([button.paper]);
    const name = paper ? `**${titleOf(paper).title}**` : `arXiv:${button.paper}`;
    return privately(markText({ kind, isSet, name, subscriptions, isShared: guildId !== null }));
  };
}

/** The subscriptions that brought a paper by the post that the button belongs to; none where it came otherwise, or they are gone. */
async function subscriptionsBehind(
  { button, messageId, ...asked }: Pressed<Extract<ButtonId, { action: Opinion }>>,
  { store }: CommandDeps,
): Promise<StoredSubscription[]> {
  const delivery = await store.deliveries.ofMessage(button.post ?? messageId);
  const target = delivery && (await store.targets.get(delivery.target));
  // An answer names them, and a mark moves them: neither is for who does not see the post.
  if (!target || !sees(asked, target)) return [];
  const delivered = delivery?.papers.filter(({ paper }) => paper === button.paper) ?? [];
  const ids = [...new Set(delivered.flatMap(({ subscriptions }) => subscriptions))];
  const found = await Promise.all(ids.map((id) => store.subscriptions.get(id)));
  return found.filter((subscription) => subscription !== null);
}

function sees(asked: Asked, target: Target): boolean {
  if (target.id === asked.channel.id) return true;
  return target.guildId !== null && target.guildId === asked.guildId && maySee(asked, target.id);
}
