import type {
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  APISelectMenuOption,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { encodeCustomId } from './custom-id.ts';
import type { FormId } from './custom-id.ts';

/** The JSON of a form: up to five fields, each with its label. */
export type Form = APIModalInteractionResponseCallbackData;
export type Field = APILabelComponent;

/** Discord's numbers for what we use; discord.js' enumerations would load the whole library for the command line. */
const labelType = 18 satisfies ComponentType.Label;
const textInput = 4 satisfies ComponentType.TextInput;
const stringSelect = 3 satisfies ComponentType.StringSelect;
const styles = { line: 1 satisfies TextInputStyle.Short, paragraph: 2 satisfies TextInputStyle.Paragraph } as const;

/** What people read at a field, and the name under which it is sent. */
type Named = { readonly name: string; readonly label: string; readonly description: string };

export function formOf(id: FormId, title: string, fields: readonly Field[]): Form {
  return { custom_id: encodeCustomId(id), title, components: [...fields] };
}

/** A field for text. `value`: what stands in it already; `longest`: the characters it takes, and `value` no more of them. */
export function textField(
  { name, label, description }: Named,
  text: {
    readonly value: string;
    readonly shape: keyof typeof styles;
    readonly longest: number;
    readonly isRequired: boolean;
    readonly placeholder?: string;
  },
): Field {
  return {
    type: labelType,
    label,
    description,
    component: {
      type: textInput,
      custom_id: name,
      style: styles[text.shape],
      required: text.isRequired,
      max_length: text.longest,
      ...(text.value === '' ? {} : { value: text.value }),
      ...(text.placeholder === undefined ? {} : { placeholder: text.placeholder }),
    },
  };
}

/** A field for one of `choices`, of which `chosen` is chosen already. */
export function choiceField(
  { name, label, description }: Named,
  choices: readonly Pick<APISelectMenuOption, 'label' | 'value'>[],
  chosen: string,
): Field {
  const options = choices.map((choice) => ({ ...choice, default: choice.value === chosen }));
  return { type: labelType, label, description, component: { type: stringSelect, custom_id: name, options } };
}
