import { ButtonStyle, ComponentType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, text } from './form-errors.ts';

/** Numbers of their own; 0 asks for one. */
const id = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .nullish();
const customId = text(1, 100);
const emoji = z.object({ id: z.string().nullish(), name: z.string().nullish(), animated: z.boolean().nullish() });

const button = z
  .object({
    type: z.literal(Type.Button),
    id,
    style: z.enum(ButtonStyle),
    label: text(0, 80).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: text(1, 512).nullish(),
    sku_id: z.string().nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    const required =
      value.style === ButtonStyle.Link ? 'url' : value.style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
    const given = value[required];
    if (given === undefined || given === null) {
      context.addIssue(fault('BASE_TYPE_REQUIRED', 'This field is required', [required]));
    }
    if (required !== 'custom_id' && value.custom_id) {
      context.addIssue(
        fault('BUTTON_COMPONENT_CUSTOM_ID_INVALID', 'A custom id and url cannot both be specified', ['custom_id']),
      );
    }
    if (required !== 'url' && value.url) {
      context.addIssue(fault('BUTTON_COMPONENT_URL_INVALID', 'A url is for link buttons only', ['url']));
    }
    if (value.style !== ButtonStyle.Premium && !value.label && !value.emoji) {
      context.addIssue(
        fault('BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button needs a label or an emoji', ['label']),
      );
    }
  });

const selectFields = {
  id,
  custom_id: customId,
  placeholder: text(0, 150).nullish(),
  min_values: z.int().min(0).max(25).nullish(),
  max_values: z.int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
};
const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).nullish(),
  emoji: emoji.nullish(),
  default: z.boolean().nullish(),
});
const stringSelect = z
  .object({ type: z.literal(Type.StringSelect), ...selectFields, options: z.array(selectOption).min(1).max(25) })
  .superRefine((value, context) => {
    if (new Set(value.options.map((option) => option.value)).size !== value.options.length) {
      context.addIssue(
        fault('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used', ['options']),
      );
    }
    if ((value.max_values ?? 1) > value.options.length) {
      context.addIssue(
        fault('BASE_TYPE_BAD_LENGTH', `Must be ${String(value.options.length)} or fewer.`, ['max_values']),
      );
    }
  });
const defaultValues = z
  .array(z.object({ id: z.string(), type: z.string() }))
  .max(25)
  .nullish();
const entitySelect = <T extends Type>(type: T) =>
  z.object({
    type: z.literal(type),
    ...selectFields,
    default_values: defaultValues,
    channel_types: z.array(z.int()).nullish(),
  });
const selects = [
  stringSelect,
  entitySelect(Type.UserSelect),
  entitySelect(Type.RoleSelect),
  entitySelect(Type.MentionableSelect),
  entitySelect(Type.ChannelSelect),
] as const;

const row = z
  .object({
    type: z.literal(Type.ActionRow),
    id,
    components: z
      .array(z.discriminatedUnion('type', [button, ...selects]))
      .min(1)
      .max(5),
  })
  .superRefine((value, context) => {
    const wide = value.components.some((component) => component.type !== Type.Button);
    if (!wide || value.components.length === 1) return;
    context.addIssue(
      fault('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width', ['components']),
    );
  });

const media = z.object({ url: text(1, 2_048) });
const textDisplay = z.object({ type: z.literal(Type.TextDisplay), id, content: text(1, 4_000) });
const described = { id, description: text(0, 1_024).nullish(), spoiler: z.boolean().nullish() };
const thumbnail = z.object({ type: z.literal(Type.Thumbnail), ...described, media });
const section = z.object({
  type: z.literal(Type.Section),
  id,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.object({
  type: z.literal(Type.MediaGallery),
  id,
  items: z
    .array(z.object({ media, description: text(0, 1_024).nullish(), spoiler: z.boolean().nullish() }))
    .min(1)
    .max(10),
});
const file = z.object({ type: z.literal(Type.File), id, file: media, spoiler: z.boolean().nullish() });
const separator = z.object({
  type: z.literal(Type.Separator),
  id,
  divider: z.boolean().nullish(),
  spacing: z.int().min(1).max(2).nullish(),
});
const blocks = [row, textDisplay, section, gallery, file, separator] as const;
const container = z.object({
  type: z.literal(Type.Container),
  id,
  components: z.array(z.discriminatedUnion('type', blocks)).min(1),
  accent_color: z.int().min(0).max(0xff_ff_ff).nullish(),
  spoiler: z.boolean().nullish(),
});

/** The components of a message, one by one; what they may be together is a rule of the message. */
export const componentsSchema = z.array(z.discriminatedUnion('type', [...blocks, container])).max(40);

const textInput = z.object({
  type: z.literal(Type.TextInput),
  id,
  custom_id: customId,
  style: z.int().min(1).max(2),
  label: text(1, 45).nullish(),
  min_length: z.int().min(0).max(4_000).nullish(),
  max_length: z.int().min(1).max(4_000).nullish(),
  required: z.boolean().nullish(),
  value: text(0, 4_000).nullish(),
  placeholder: text(0, 100).nullish(),
});
const inputRow = z.object({ type: z.literal(Type.ActionRow), id, components: z.array(textInput).min(1).max(1) });
const label = z.object({
  type: z.literal(Type.Label),
  id,
  label: text(1, 45),
  description: text(0, 100).nullish(),
  component: z.discriminatedUnion('type', [textInput, ...selects]),
});

/** What a modal is made of. Source: interactions/receiving-and-responding, Modal. */
export const modalSchema = z.object({
  custom_id: customId,
  title: text(1, 45),
  components: z
    .array(z.discriminatedUnion('type', [inputRow, label, textDisplay]))
    .min(1)
    .max(5),
});
