import { ComponentType as Type } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { AtHand, Mentioned, Nameable } from './mentioned.ts';

const kindsOfSelect: Readonly<Partial<Record<Type, readonly Nameable[]>>> = {
  [Type.UserSelect]: ['user'],
  [Type.RoleSelect]: ['role'],
  [Type.MentionableSelect]: ['user', 'role'],
  [Type.ChannelSelect]: ['channel'],
};

export type Chosen = { readonly values: readonly string[]; readonly mentioned: readonly Mentioned[] };

/**
 * What is chosen in a select, or in a group of boxes: one value each of its options, or ids of what it names.
 *
 * @param given undefined leaves the choice as the bot made it
 * @throws ControlError 400 where it does not offer that much, or not that
 */
export function chooseIn(
  component: JsonObject,
  given: readonly string[] | undefined,
  limits: { readonly min: number; readonly max: number },
  at: AtHand,
): Chosen {
  const subject = `The select “${String(component['custom_id'])}”`;
  const chosen = given?.filter((value) => value !== '') ?? defaultsOf(component);
  const { min, max } = limits;
  if (chosen.length < min || chosen.length > max) {
    throw new ControlError(
      400,
      `${subject} takes ${String(min)} to ${String(max)} values, not ${String(chosen.length)}.`,
    );
  }
  if (new Set(chosen).size < chosen.length) throw new ControlError(400, `${subject} takes each value once.`);
  const kinds = kindsOfSelect[Number(component['type']) as Type];
  if (kinds === undefined) {
    const offered = optionsOf(component).map((option) => String(option['value']));
    const foreign = chosen.find((value) => !offered.includes(value));
    if (foreign === undefined) return { values: chosen, mentioned: [] };
    throw new ControlError(400, `${subject} does not offer “${foreign}”; it has ${offered.join(', ')}.`);
  }
  const types: readonly unknown[] = Array.isArray(component['channel_types']) ? component['channel_types'] : [];
  const mentioned = chosen.map((value) => {
    const found = at.find(kinds, value);
    if (found === undefined) throw new ControlError(400, `${subject} finds no ${kinds.join(' or ')} “${value}”.`);
    if (found.kind === 'channel' && types.length > 0 && !types.includes(found.channelType)) {
      throw new ControlError(400, `${subject} takes another kind of channel than “${value}”.`);
    }
    return found;
  });
  return { values: mentioned.map(({ id }) => id), mentioned };
}

/** The options that it has, as objects. */
export function optionsOf(component: JsonObject): JsonObject[] {
  return Array.isArray(component['options']) ? component['options'].filter(isJsonObject) : [];
}

function defaultsOf(component: JsonObject): string[] {
  const entities = Array.isArray(component['default_values']) ? component['default_values'].filter(isJsonObject) : [];
  const options = optionsOf(component).filter((option) => option['default'] === true);
  return [...entities.map((one) => String(one['id'])), ...options.map((one) => String(one['value']))];
}
