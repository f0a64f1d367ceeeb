import { ComponentType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, text } from './form-errors.ts';
import { isJsonObject } from './json.ts';
import { flattenComponents } from './message.ts';
import { fileTypes } from './validate-command-options.ts';
import { componentId, customId, rangeFaults, selects, textDisplay } from './validate-components.ts';

const field = { id: componentId, custom_id: customId };
const isRequired = z.boolean().nullish();

const textInput = z
  .object({
    type: z.literal(Type.TextInput),
    ...field,
    style: z.literal([1, 2]),
    label: text(1, 45).nullish(),
    min_length: z.int().min(0).max(4_000).nullish(),
    max_length: z.int().min(1).max(4_000).nullish(),
    required: isRequired,
    value: text(0, 4_000).nullish(),
    placeholder: text(0, 100).nullish(),
  })
  .superRefine(({ min_length: min, max_length: max }, context) => {
    if ((min ?? 0) <= (max ?? 4_000)) return;
    const message = `int value should be less than or equal to ${String(max)}.`;
    context.addIssue(fault('NUMBER_TYPE_MAX', message, ['min_length']));
  });

/** The older form, where the label is the text input's own. */
const inputRow = z
  .object({ type: z.literal(Type.ActionRow), id: componentId, components: z.array(textInput).length(1) })
  .superRefine((row, context) => {
    for (const [at, input] of row.components.entries()) {
      if (!input.label) {
        context.addIssue(fault('BASE_TYPE_REQUIRED', 'This field is required', ['components', at, 'label']));
      }
    }
  });

const fileUpload = z.object({
  type: z.literal(Type.FileUpload),
  ...field,
  min_values: z.int().min(0).max(10).nullish(),
  max_values: z.int().min(1).max(10).nullish(),
  required: isRequired,
  file_types: fileTypes,
});
const option = z.object({
  value: text(1, 100),
  label: text(1, 100),
  description: text(0, 100).nullish(),
  default: z.boolean().nullish(),
});
const options = (min: number) =>
  z
    .array(option)
    .min(min)
    .max(10)
    .superRefine((list, context) => {
      if (new Set(list.map(({ value }) => value)).size === list.length) return;
      context.addIssue(fault('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used'));
    });
const radioGroup = z.object({ type: z.literal(Type.RadioGroup), ...field, options: options(2), required: isRequired });
const checkboxGroup = z.object({
  type: z.literal(Type.CheckboxGroup),
  ...field,
  options: options(1),
  min_values: z.int().min(0).max(10).nullish(),
  max_values: z.int().min(1).max(10).nullish(),
  required: isRequired,
});
const checkbox = z.object({ type: z.literal(Type.Checkbox), ...field, default: z.boolean().nullish() });

const inputs = z
  .discriminatedUnion('type', [textInput, ...selects, fileUpload, radioGroup, checkboxGroup, checkbox])
  .superRefine((input, context) => {
    if ('disabled' in input && input.disabled === true) {
      context.addIssue(fault('MODAL_COMPONENT_DISABLED', 'Components in modals cannot be disabled', ['disabled']));
    }
    if (!('min_values' in input)) return;
    if (input.min_values === 0 && input.required !== false) {
      const message = 'min_values must be at least 1 where the component is required';
      context.addIssue(fault('NUMBER_TYPE_MIN', message, ['min_values']));
    }
    const most = input.type === Type.CheckboxGroup ? input.options.length : 1;
    for (const issue of rangeFaults({ ...input, max_values: input.max_values ?? most })) context.addIssue(issue);
  });

const label = z.object({
  type: z.literal(Type.Label),
  id: componentId,
  label: text(1, 45),
  description: text(0, 100).nullish(),
  component: inputs,
});

/** What a modal is made of. Source: interactions/receiving-and-responding, Modal; components/reference. */
export const modalSchema = z.object({
  custom_id: customId,
  title: text(1, 45),
  components: z
    .array(z.discriminatedUnion('type', [inputRow, label, textDisplay]))
    .min(1)
    .max(5)
    .superRefine((components, context) => {
      const ids = flattenComponents(components.filter(isJsonObject)).flatMap(({ custom_id: id }) => id ?? []);
      if (new Set(ids).size === ids.length) return;
      context.addIssue(fault('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'));
    }),
});
