import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Defer } from '../discord/command.ts';
import type { FormId } from '../discord/custom-id.ts';
import { openEditForm } from './edit.ts';
import { comesAs } from './comes-as.ts';
import type { CommandDeps } from './deps.ts';
import { editKinds } from './edit-kinds.ts';
import { maxPapersADay } from './limits.ts';
import { optionProblem } from './option-problem.ts';
import { readTiming, saysWhen } from './timing.ts';
import { volumeProblem } from './volume-text.ts';

const gone = 'It is gone: somebody has just removed it. Nothing was changed.';

const idSchema = z.object({ id: z.string().trim() });
const aboutSchema = z.object({ about: z.int().min(0).max(maxPapersADay).optional() });

/** Changes a subscription: what the command's options name; where they name nothing, whatever a form has room for. */
export function editByCommand(
  action: FormId['action'],
  asked: AskedCommand,
  defer: Defer,
  deps: CommandDeps,
): Promise<Answer> {
  const { id } = idSchema.parse(asked.options);
  const saysAny = saysWhen(asked.options) || asked.options['about'] !== undefined;
  return saysAny ? editByOptions(action, id, asked, defer, deps) : openEditForm(action, id, asked, deps);
}

/**
 * Changes when the papers of the subscription `id` come, and about how many, by the options of the command: a form has no room for them. As
 * a form does, it also lets a channel that was paused go on where it can.
 */
async function editByOptions(
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
  const about = aboutSchema.safeParse(asked.options);
  if (!about.success) return privately(`${optionProblem(about.error)} Nothing was changed.`);
  const perDay = about.data.about ?? present.perDay;
  const wanted = { ...present, ...timing.value, perDay: perDay === 0 ? null : perDay };
  const problem = volumeProblem(wanted);
  if (problem !== null) return privately(`${problem} Nothing was changed.`);
  if (!(await deps.store.subscriptions.change(present.id, wanted))) return privately(gone);
  const resumed = await kind.resume(asked, wanted, deps);
  const isLater = wanted.hour !== present.hour || (wanted.hour !== null && wanted.zone !== present.zone);
  const sentences = [
    `Changed: ${kind.states(wanted)}. ${comesAs(wanted)}`,
    // What is planned keeps its time; quiet hours are looked at again when it is sent.
    ...(isLater || wanted.perDay !== present.perDay ? ['That holds from the next listing on.'] : []),
    ...resumed,
  ];
  return privately(sentences.join(' '));
}
