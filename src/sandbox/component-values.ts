import { ComponentType as Type } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { Modal } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { flattenComponents } from './message.ts';
import type { FindMentioned, Mentioned } from './option-value.ts';

const kindsOfSelect: Readonly<Partial<Record<Type, readonly Mentioned['kind'][]>>> = {
  [Type.UserSelect]: ['user'],
  [Type.RoleSelect]: ['role'],
  [Type.MentionableSelect]: ['user', 'role'],
  [Type.ChannelSelect]: ['channel'],
};

export type UsedComponent = { readonly data: JsonObject; readonly mentioned: readonly Mentioned[] };

/**
 * The button or select `customId` of `components`, as it is when used with `values`.
 *
 * @throws ControlError 400 where it is not there, disabled, or does not offer the values
 */
export function useComponent(
  components: readonly JsonObject[],
  customId: string,
  values: readonly string[] | undefined,
  find: FindMentioned,
): UsedComponent {
  const component = flattenComponents(components).find((one) => one['custom_id'] === customId);
  if (component === undefined)
    throw new ControlError(400, `The message has no component with the custom id “${customId}”.`);
  if (component['disabled'] === true) throw new ControlError(400, `The component “${customId}” is disabled.`);
  const type = Number(component['type']) as Type;
  const data = { component_type: type, custom_id: customId, id: component['id'] };
  if (type === Type.Button) return { data, mentioned: [] };
  const chosen = values ?? [];
  const [min, max] = [Number(component['min_values'] ?? 1), Number(component['max_values'] ?? 1)];
  if (chosen.length < min || chosen.length > max) {
    throw new ControlError(
      400,
      `The select “${customId}” takes ${String(min)} to ${String(max)} values, not ${String(chosen.length)}.`,
    );
  }
  const kinds = kindsOfSelect[type];
  if (kinds === undefined) {
    const offered = optionValues(component);
    const foreign = chosen.find((value) => !offered.includes(value));
    if (foreign !== undefined)
      throw new ControlError(
        400,
        `The select “${customId}” does not offer “${foreign}”; it has ${offered.join(', ')}.`,
      );
    return { data: { ...data, values: chosen }, mentioned: [] };
  }
  const mentioned = chosen.map((value) => {
    const found = find(kinds, value);
    if (found === undefined)
      throw new ControlError(400, `The select “${customId}” finds no ${kinds.join(' or ')} “${value}”.`);
    return found;
  });
  return { data: { ...data, values: mentioned.map(({ id }) => id) }, mentioned };
}

function optionValues(select: JsonObject): string[] {
  const options = Array.isArray(select['options']) ? select['options'].filter(isJsonObject) : [];
  return options.map((option) => String(option['value']));
}

/**
 * A modal as it is when sent with `fields`: custom id → text, or the values of a select.
 *
 * @throws ControlError 400 for a field that is unknown, missing, too short or too long
 */
export function fillModal(
  modal: Modal,
  fields: Readonly<Record<string, string | readonly string[]>>,
  find: FindMentioned,
): { readonly data: JsonObject; readonly mentioned: readonly Mentioned[] } {
  const all: Mentioned[] = [];
  const names = flattenComponents(modal.components).flatMap(({ custom_id: id }) =>
    typeof id === 'string' ? [id] : [],
  );
  for (const name of Object.keys(fields)) {
    if (names.includes(name)) continue;
    throw new ControlError(400, `The form has no field “${name}”; it has ${names.join(', ')}.`);
  }
  const fill = (component: JsonObject): JsonObject => {
    const { type, id } = component;
    if (Array.isArray(component['components'])) {
      return { type, id, components: component['components'].filter(isJsonObject).map(fill) };
    }
    if (isJsonObject(component['component'])) return { type, id, component: fill(component['component']) };
    const name = component['custom_id'];
    if (typeof name !== 'string') return { type, id };
    if (type !== Type.TextInput) {
      const { data, mentioned } = useComponent([component], name, [fields[name] ?? []].flat(), find);
      all.push(...mentioned);
      return { type, id, custom_id: name, values: data['values'] };
    }
    return { type, id, custom_id: name, value: textOf(name, component, fields[name]) };
  };
  return { data: { custom_id: modal.custom_id, components: modal.components.map(fill) }, mentioned: all };
}

function textOf(name: string, input: JsonObject, given: string | readonly string[] | undefined): string {
  const value = given ?? input['value'] ?? '';
  if (typeof value !== 'string') throw new ControlError(400, `The field “${name}” must be text.`);
  const length = Array.from(value).length;
  const min = input['min_length'];
  const max = typeof input['max_length'] === 'number' ? input['max_length'] : 4_000;
  if (input['required'] !== false && length === 0) throw new ControlError(400, `The field “${name}” is required.`);
  if (typeof min === 'number' && length > 0 && length < min) {
    throw new ControlError(400, `The field “${name}” must be at least ${String(min)} characters long.`);
  }
  if (length > max) {
    throw new ControlError(400, `The field “${name}” must be at most ${String(max)} characters long.`);
  }
  return value;
}
