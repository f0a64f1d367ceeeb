import {
  ButtonStyle,
  ChannelType,
  ComponentType as Type,
  SelectMenuDefaultValueType as Default,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, text } from './form-errors.ts';
import { buttonLink, fileLink, mediaLink } from './validate-link.ts';

/** Numbers of their own; 0 asks for one. */
export const componentId = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .nullish();
const id = componentId;
export const customId = text(1, 100);
const emoji = z.object({ id: z.string().nullish(), name: z.string().nullish(), animated: z.boolean().nullish() });

const button = z
  .object({
    type: z.literal(Type.Button),
    id,
    style: z.enum(ButtonStyle),
    label: text(0, 80).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: buttonLink.nullish(),
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

/** Whether `min` is more than `max`: by default both are 1. */
export function rangeFaults(value: { min_values?: number | null | undefined; max_values?: number | null | undefined }) {
  const [min, max] = [value.min_values ?? 1, value.max_values ?? Math.max(1, value.min_values ?? 1)];
  return min > max
    ? [fault('NUMBER_TYPE_MAX', `int value should be less than or equal to ${String(max)}.`, ['min_values'])]
    : [];
}

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
    for (const issue of rangeFaults(value)) context.addIssue(issue);
  });
/** How many are chosen at first must be as many as may be chosen. Source: components/reference, default_values. */
const entitySelect = <T extends Type>(type: T, kinds: readonly Default[]) =>
  z
    .object({
      type: z.literal(type),
      ...selectFields,
      default_values: z
        .array(z.object({ id: z.string().regex(/^\d{1,20}$/), type: z.enum(kinds) }))
        .max(25)
        .nullish(),
      channel_types: z.array(z.enum(ChannelType)).nullish(),
    })
    .superRefine((value, context) => {
      for (const issue of rangeFaults(value)) context.addIssue(issue);
      const count = value.default_values?.length ?? 0;
      const [min, max] = [value.min_values ?? 1, value.max_values ?? 1];
      if (count === 0 || (count >= min && count <= max)) return;
      const message = `Must be between ${String(min)} and ${String(max)} in length.`;
      context.addIssue(fault('BASE_TYPE_BAD_LENGTH', message, ['default_values']));
    });
/** Selects of every kind, in messages and in modals. */
export const selects = [
  stringSelect,
  entitySelect(Type.UserSelect, [Default.User]),
  entitySelect(Type.RoleSelect, [Default.Role]),
  entitySelect(Type.MentionableSelect, [Default.User, Default.Role]),
  entitySelect(Type.ChannelSelect, [Default.Channel]),
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

const media = z.object({ url: mediaLink });
export const textDisplay = z.object({ type: z.literal(Type.TextDisplay), id, content: text(1, 4_000) });
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
const file = z.object({
  type: z.literal(Type.File),
  id,
  file: z.object({ url: fileLink }),
  spoiler: z.boolean().nullish(),
});
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
