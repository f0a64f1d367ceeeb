import { actionButton, buttonRow } from '../discord/buttons.ts';
import { privately } from '../discord/command.ts';
import type { Answer, Asked, Buttons, Forms, MessageAnswer } from '../discord/command.ts';
import type { FormId } from '../discord/custom-id.ts';
import type { MessageBody } from '../discord/embed-paper.ts';
import { comesAs } from './comes-as.ts';
import type { CommandDeps } from './deps.ts';
import type { Drafts } from './drafts.ts';
import { editKinds } from './edit-kinds.ts';
import { fitsForm, formValues, formValuesSchema, renderEditForm } from './edit-form.ts';
import { editedSubscription } from './edited.ts';
import { placeText } from './place-text.ts';
import { previewEmbed } from './preview-embed.ts';
import { isSameWish } from './same-wish.ts';

const unfit =
  'This one came from a file and does not fit into a form. Please change it in the file, and have the file imported again.';
const gone = 'It is gone: somebody has removed it while you were writing. Nothing was changed.';
const forgotten = 'I no longer have what you typed: I keep it for 15 minutes. Please use the command again.';

/** Opens the form that changes the subscription `id`. It cannot be deferred, so this reads the store and nothing else. */
export async function openEditForm(
  action: FormId['action'],
  id: string,
  asked: Asked,
  deps: CommandDeps,
): Promise<Answer> {
  const kind = editKinds[action];
  const found = await kind.find(asked, id, deps);
  if (found === null) return privately(kind.unknown);
  if (!found.ok) return privately(found.error);
  if (!fitsForm(found.value)) return privately(unfit);
  return { form: renderEditForm({ action, subscription: id }, formValues(found.value)) };
}

/**
 * Changes the subscription of a form that was sent, after the same checks as when it was made. Of two people who change the same, the
 * last one wins. What was posted stays posted: the change counts from the next listing on. A channel that was paused goes on where it
 * can, even if nothing was changed.
 */
export function editForm(drafts: Drafts, deps: CommandDeps): Forms[FormId['action']] {
  return async (sent, defer) => {
    await defer('update');
    const { form, userId } = sent;
    const kind = editKinds[form.action];
    const values = formValuesSchema.parse(sent.fields);
    const refused = (problem: string) => {
      const again = actionButton(
        { label: 'Edit again' },
        { action: 'again', draft: drafts.keep({ userId, form, values }) },
      );
      return update({ content: problem, components: [buttonRow([again])] });
    };

    const found = await kind.find(sent, form.subscription, deps);
    if (found === null) return update({ content: gone });
    if (!found.ok) return update({ content: found.error });
    const present = found.value;
    const edited = editedSubscription(present, values);
    if (!edited.ok) return refused(`${edited.error}\nNothing was changed.`);
    const wanted = edited.value;
    const isSame = isSameWish(present, wanted);
    if (isSame && present.style === wanted.style && present.maxPapers === wanted.maxPapers) {
      const still = `Nothing was changed: ${kind.states(present)}, as before.`;
      return update({ content: [still, ...(await kind.resume(sent, present, deps))].join(' ') });
    }
    const others = (await deps.store.subscriptions.list({ target: present.target })).filter(
      ({ id }) => id !== present.id,
    );
    const twin = isSame ? undefined : others.find((other) => isSameWish(other, wanted));
    if (twin)
      return refused(`There is one like that already (\`${twin.id}\`): ${kind.states(twin)}. Nothing was changed.`);

    const preview = await deps.preview(wanted, others);
    if (!(await deps.store.subscriptions.change(present.id, wanted))) return update({ content: gone });
    const resumed = await kind.resume(sent, wanted, deps);
    return update({
      content: [`Changed: ${kind.states(wanted)}. ${comesAs(wanted)}`, ...resumed].join(' '),
      embeds: [
        previewEmbed(preview, wanted, others, placeText(present.target, sent.channel.id, form.action === 'edit-alert')),
      ],
    });
  };
}

/** The button under what was wrong with a form: the form once more, with what they typed. */
export function againButton(drafts: Drafts): Buttons['again'] {
  return ({ userId, button }) => {
    const draft = drafts.get(button.draft, userId);
    return Promise.resolve(draft ? { form: renderEditForm(draft.form, draft.values) } : privately(forgotten));
  };
}

/** In place of what was wrong with the form before, if anything was. */
function update(body: MessageBody): MessageAnswer {
  return { place: 'update', body };
}
