import { ApplicationCommandOptionType as Option, ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { optionFaults, twinFaults } from './command-option-faults.ts';
import { fault, text } from './form-errors.ts';
import { localised } from './localisations.ts';

/** One option of a slash command; sub-commands hold options of their own. */
export type CommandOption = {
  readonly type: Option;
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null | undefined;
  readonly description: string;
  readonly required?: boolean | null | undefined;
  readonly autocomplete?: boolean | null | undefined;
  readonly choices?: readonly CommandChoice[] | null | undefined;
  readonly options?: readonly CommandOption[] | null | undefined;
  readonly channel_types?: readonly number[] | null | undefined;
  readonly min_value?: number | null | undefined;
  readonly max_value?: number | null | undefined;
  readonly min_length?: number | null | undefined;
  readonly max_length?: number | null | undefined;
  readonly file_types?: readonly string[] | null | undefined;
};

export type CommandChoice = {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null | undefined;
  readonly value: string | number;
};

const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Names of slash commands and of their options. Source: interactions/application-commands, Application Command Naming. */
export function isSlashName(name: string): boolean {
  return namePattern.test(name) && name === name.toLowerCase();
}

export const invalidName = () => fault('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');

const optionName = text(1, 32).superRefine((value, context) => {
  if (!isSlashName(value)) context.addIssue(invalidName());
});
const described = {
  name: optionName,
  name_localizations: localised(optionName),
  description: text(1, 100),
  description_localizations: localised(text(1, 100)),
};
const common = { ...described, required: z.boolean().nullish() };

/** A choice's value is of its option's kind. */
export const choicesOf = <T extends string | number>(value: z.ZodType<T>) =>
  z.array(z.object({ name: text(1, 100), name_localizations: localised(text(1, 100)), value })).max(25);

/** The values that each kind of option with choices takes. Source: interactions/application-commands, Application Command Option Type. */
export const choiceValues = {
  [Option.String]: text(0, 100),
  [Option.Integer]: z.int(),
  [Option.Number]: z
    .number()
    .min(-(2 ** 53))
    .max(2 ** 53),
} as const;

const suggesting = (value: z.ZodType<string | number>) => ({
  ...common,
  autocomplete: z.boolean().nullish(),
  choices: choicesOf(value).nullish(),
});
const bounded = (type: Option.Integer | Option.Number) => ({
  ...suggesting(choiceValues[type]),
  min_value: choiceValues[type].nullish(),
  max_value: choiceValues[type].nullish(),
});
/** Groups of media, or extensions with their dot. Source: reference, File Type Filtering. */
export const fileTypes = z
  .array(
    z
      .string()
      .toLowerCase()
      .regex(/^(image|video|audio|\.[a-z0-9.]+)$/),
  )
  .max(10)
  .nullish();

/** Properties of another kind of option are unknown to an option, and fall away. */
const leaves = [
  z.object({
    type: z.literal(Option.String),
    ...suggesting(choiceValues[Option.String]),
    min_length: z.int().min(0).max(6_000).nullish(),
    max_length: z.int().min(1).max(6_000).nullish(),
  }),
  z.object({ type: z.literal(Option.Integer), ...bounded(Option.Integer) }),
  z.object({ type: z.literal(Option.Number), ...bounded(Option.Number) }),
  z.object({
    type: z.literal(Option.Channel),
    ...common,
    channel_types: z
      .array(z.enum(ChannelType))
      .transform((types) => [...new Set(types)])
      .nullish(),
  }),
  z.object({ type: z.literal(Option.Attachment), ...common, file_types: fileTypes }),
  z.object({
    type: z.literal([Option.Boolean, Option.User, Option.Role, Option.Mentionable]),
    ...common,
  }),
] as const;

const leafOptions = listOf(z.discriminatedUnion('type', leaves));
const subCommand = z.object({ type: z.literal(Option.Subcommand), ...described, options: leafOptions.nullish() });
const group = z.object({
  type: z.literal(Option.SubcommandGroup),
  ...described,
  options: listOf(z.discriminatedUnion('type', [subCommand])).nullish(),
});

/** The options of a command: parameters, or else sub-commands and groups of sub-commands, no deeper. */
export const commandOptionsSchema: z.ZodType<CommandOption[]> = listOf(
  z.discriminatedUnion('type', [...leaves, subCommand, group]),
);

export function isSub(option: { readonly type: Option }): boolean {
  return option.type === Option.Subcommand || option.type === Option.SubcommandGroup;
}

/** Up to 25 of them that fit together. */
function listOf<T extends CommandOption>(option: z.ZodType<T>) {
  return z
    .array(option)
    .max(25)
    .superRefine((list, context) => {
      let hasOptional = false;
      for (const [at, one] of list.entries()) {
        for (const issue of [...optionFaults(one), ...twinFaults(list, at)]) {
          context.addIssue({ ...issue, path: [at, ...issue.path] });
        }
        const [first] = list;
        if (first !== undefined && isSub(first) !== isSub(one)) {
          const message = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
          context.addIssue(fault('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message, [at]));
        }
        if (!isSub(one) && one.required === true && hasOptional) {
          const message = 'Required options must be placed before non-required options';
          context.addIssue(fault('APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message, [at]));
        }
        hasOptional ||= !isSub(one) && one.required !== true;
      }
    });
}
