import { ComponentType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { ControlError } from './control-error.ts';
import type { Modal } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { AtHand, Mentioned } from './mentioned.ts';
import { flattenComponents } from './message.ts';
import { chooseIn, optionsOf } from './select-values.ts';
import { readUpload } from './upload.ts';

/** What a person fills in, by custom id: text, values, a tick, files. */
export const modalFieldsSchema = z.record(
  z.string(),
  z.union([z.string(), z.boolean(), z.array(z.string()), z.array(z.record(z.string(), z.unknown()))]),
);
type Field = z.infer<typeof modalFieldsSchema>[string];

/** What a field holds when it is sent, beside its type and its ids. */
type Filled = { readonly held: JsonObject; readonly mentioned: readonly Mentioned[] };

/**
 * A modal as it is when sent with `fields`; one that is not among them stays as the bot filled it in.
 * Source: components/reference, the interaction response structure of each component.
 *
 * @throws ControlError 400 for a field that is unknown, missing, or does not hold what the form asks for
 */
export function fillModal(
  modal: Modal,
  fields: Readonly<Record<string, Field>>,
  at: AtHand,
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
    const { held, mentioned } = fillField(component, name, fields[name], at);
    all.push(...mentioned);
    return { type, id, custom_id: name, ...held };
  };
  return { data: { custom_id: modal.custom_id, components: modal.components.map(fill) }, mentioned: all };
}

function fillField(component: JsonObject, name: string, given: Field | undefined, at: AtHand): Filled {
  const refuse = (what: string) => new ControlError(400, `The field “${name}” ${what}.`);
  const isRequired = component['required'] !== false;
  switch (component['type']) {
    case Type.TextInput:
      return { held: { value: textOf(component, given, refuse) }, mentioned: [] };
    case Type.Checkbox: {
      const value = given ?? component['default'] === true;
      if (typeof value !== 'boolean') throw refuse('must be true or false');
      return { held: { value }, mentioned: [] };
    }
    case Type.FileUpload: {
      if (given !== undefined && !Array.isArray(given)) throw refuse('must be a list of files');
      const files: readonly unknown[] = given ?? [];
      demandCount(component, files.length, 1, refuse);
      const fileTypes = Array.isArray(component['file_types']) ? component['file_types'].map(String) : [];
      const read = files.map((file) => readUpload(file, `The field “${name}”`, fileTypes));
      const mentioned = read.map((file) => at.keep(file));
      return { held: { values: mentioned.map(({ id }) => id) }, mentioned };
    }
    case Type.RadioGroup: {
      const chosen = chooseIn(component, valuesOf(given, refuse), { min: isRequired ? 1 : 0, max: 1 }, at);
      return { held: { value: chosen.values[0] ?? null }, mentioned: [] };
    }
    default: {
      const isGroup = component['type'] === Type.CheckboxGroup;
      const most = isGroup ? optionsOf(component).length : 1;
      const { values, mentioned } = chooseIn(component, valuesOf(given, refuse), { min: 0, max: Infinity }, at);
      demandCount(component, values.length, most, refuse);
      return { held: { values }, mentioned };
    }
  }
}

/** How many a field takes; none at all is enough where it is not required. */
function demandCount(
  component: JsonObject,
  count: number,
  usualMax: number,
  refuse: (what: string) => ControlError,
): void {
  const min = Number(component['min_values'] ?? 1);
  const max = Number(component['max_values'] ?? usualMax);
  if (count === 0 && component['required'] === false) return;
  if (count === 0) throw refuse('is required');
  if (count < min || count > max) throw refuse(`takes ${String(min)} to ${String(max)} values, not ${String(count)}`);
}

function valuesOf(given: Field | undefined, refuse: (what: string) => ControlError): readonly string[] | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return [given];
  const isTexts = (value: Field): value is string[] =>
    Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (!isTexts(given)) throw refuse('must be a value or a list of values');
  return given;
}

function textOf(input: JsonObject, given: Field | undefined, refuse: (what: string) => ControlError): string {
  const value = given ?? input['value'] ?? '';
  if (typeof value !== 'string') throw refuse('must be text');
  const length = Array.from(value).length;
  const min = input['min_length'];
  const max = typeof input['max_length'] === 'number' ? input['max_length'] : 4_000;
  if (input['required'] !== false && length === 0) throw refuse('is required');
  if (typeof min === 'number' && length > 0 && length < min) {
    throw refuse(`must be at least ${String(min)} characters long`);
  }
  if (length > max) throw refuse(`must be at most ${String(max)} characters long`);
  return value;
}
