import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Defer } from '../discord/command.ts';
import type { FormId } from '../discord/custom-id.ts';
import { openEditForm } from './edit.ts';
import { comesAs } from './comes-as.ts';
import type { CommandDeps } from './deps.ts';
import { editKinds } from './edit-kinds.ts';
import { readTiming, saysWhen } from './timing.ts';

const gone = 'It is gone: somebody has just removed it. Nothing was changed.';

const idSchema = z.object({ id: z.string().trim() });

/** Changes a subscription: its hours, where the command's options name any; else whatever a form has room for. */
export function editByCommand(
  action: FormId['action'],
  asked: AskedCommand,
  defer: Defer,
  deps: CommandDeps,
): Promise<Answer> {
  const { id } = idSchema.parse(asked.options);
  return saysWhen(asked.options) ? editTiming(action, id, asked, defer, deps) : openEditForm(action, id, asked, deps);
}

/**
 * Changes when the papers of the subscription `id` come, by the options of the command: a form has no room for them. As a form does, it
 * also lets a channel that was paused go on where it can.
 */
async function editTiming(
  action: FormId['action'],
  id: string,
  asked: AskedCommand,
  defer: Defer,
  deps: CommandDeps,
): Promise<Answer> {
  await defer('private');
  const kind = editKinds[action];
  const found = await kind.find(asked, id, deps);
  if (found === null) return privately(kind.unknown);
  if (!found.ok) return privately(found.error);
  const present = found.value;
  const timing = readTiming(asked.options, present);
  if (!timing.ok) return privately(`${timing.error} Nothing was changed.`);
  const wanted = { ...present, ...timing.value };
  if (!(await deps.store.subscriptions.change(present.id, wanted))) return privately(gone);
  const resumed = await kind.resume(asked, wanted, deps);
  const isLater = wanted.hour !== present.hour || (wanted.hour !== null && wanted.zone !== present.zone);
  const sentences = [
    `Changed: ${kind.states(wanted)}. ${comesAs(wanted)}`,
    // What is planned keeps its time; quiet hours are looked at again when it is sent.
    ...(isLater ? ['That holds from the next listing on.'] : []),
    ...resumed,
  ];
  return privately(sentences.join(' '));
}
