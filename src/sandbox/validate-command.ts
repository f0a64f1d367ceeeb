import { ApplicationCommandOptionType as Option, ApplicationCommandType } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, text } from './form-errors.ts';

/** All names, descriptions, choice names and values of one command. Source: interactions/application-commands. */
const maxCommandCharacters = 8_000;

const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const name = text(1, 32).superRefine((value, context) => {
  if (namePattern.test(value) && value === value.toLowerCase()) return;
  context.addIssue(fault('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'));
});
const localised = (of: z.ZodType<string>) => z.record(z.string(), of.nullable()).nullish();
const permissions = z.union([z.string().regex(/^\d+$/), z.int().min(0)]).nullish();

const choice = z.object({
  name: text(1, 100),
  name_localizations: localised(text(1, 100)),
  value: z.union([text(0, 100), z.number()]),
});

/** One option of a slash command; sub-commands hold options of their own. */
export type CommandOption = {
  readonly type: Option;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean | null | undefined;
  readonly autocomplete?: boolean | null | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | null | undefined;
  readonly options?: readonly CommandOption[] | null | undefined;
  readonly channel_types?: readonly number[] | null | undefined;
  readonly min_value?: number | null | undefined;
  readonly max_value?: number | null | undefined;
  readonly min_length?: number | null | undefined;
  readonly max_length?: number | null | undefined;
};

const option: z.ZodType<CommandOption> = z.lazy(() =>
  z
    .object({
      type: z.enum(Option),
      name,
      name_localizations: localised(name),
      description: text(1, 100),
      description_localizations: localised(text(1, 100)),
      required: z.boolean().nullish(),
      autocomplete: z.boolean().nullish(),
      choices: z.array(choice).max(25).nullish(),
      options: commandOptionsSchema.nullish(),
      channel_types: z.array(z.int()).nullish(),
      min_value: z.number().nullish(),
      max_value: z.number().nullish(),
      min_length: z.int().min(0).max(6_000).nullish(),
      max_length: z.int().min(1).max(6_000).nullish(),
    })
    .superRefine((value, context) => {
      if (value.autocomplete === true && (value.choices ?? []).length > 0) {
        context.addIssue(
          fault('APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', 'Choices and autocomplete exclude each other', [
            'autocomplete',
          ]),
        );
      }
    }),
);

/** The options of a command or sub-command. */
export const commandOptionsSchema: z.ZodType<CommandOption[]> = z
  .array(option)
  .max(25)
  .superRefine((list, context) => {
    let hasOptional = false;
    list.forEach((one, at) => {
      if (list.findIndex((other) => other.name === one.name) < at) {
        context.addIssue(fault('APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option name is used twice', [at, 'name']));
      }
      const isSub = one.type === Option.Subcommand || one.type === Option.SubcommandGroup;
      if (!isSub && one.required === true && hasOptional) {
        context.addIssue(
          fault(
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
            [at],
          ),
        );
      }
      hasOptional ||= !isSub && one.required !== true;
    });
  });

const commandFields = {
  type: z.enum(ApplicationCommandType).nullish(),
  name_localizations: localised(text(1, 32)),
  description: text(0, 100).nullish(),
  description_localizations: localised(text(1, 100)),
  options: commandOptionsSchema.nullish(),
  default_member_permissions: permissions,
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.int().min(0).max(2)).min(1).max(3).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).min(1).max(2).nullish(),
  nsfw: z.boolean().nullish(),
};

type Fields = { [Key in keyof typeof commandFields]: z.infer<(typeof commandFields)[Key]> };

const checkCommand = (command: Partial<Fields> & { name?: string | undefined }, context: z.core.$RefinementCtx) => {
  const isChatInput = (command.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
  if (
    isChatInput &&
    command.name !== undefined &&
    !(namePattern.test(command.name) && command.name === command.name.toLowerCase())
  ) {
    context.addIssue({
      ...fault('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid', ['name']),
      input: command.name,
    });
  }
  if (!isChatInput && command.description) {
    context.addIssue({
      ...fault(
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED',
        'Context menu commands cannot have description',
        ['description'],
      ),
      input: command.description,
    });
  }
  const characters = charactersOf(command);
  if (characters > maxCommandCharacters) {
    context.addIssue({
      ...fault('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${String(maxCommandCharacters)})`),
      input: command,
    });
  }
};

/** A command to create. */
export const commandSchema = z.object({ ...commandFields, name: text(1, 32) }).superRefine((command, context) => {
  checkCommand(command, context);
  if ((command.type ?? 1) === ApplicationCommandType.ChatInput && !command.description) {
    context.addIssue(fault('BASE_TYPE_REQUIRED', 'This field is required', ['description']));
  }
});

/** A change of a command: what is left out stays. */
export const commandPatchSchema = z
  .object({ ...commandFields, name: text(1, 32).optional() })
  .superRefine(checkCommand);

/** The whole set of commands: no more than Discord takes, none twice. Source: interactions/application-commands. */
export const commandListSchema = z.array(commandSchema).superRefine((list, context) => {
  list.forEach((command, at) => {
    const twin = list.findIndex((other) => other.name === command.name && (other.type ?? 1) === (command.type ?? 1));
    if (twin < at)
      context.addIssue(
        fault('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique', [at, 'name']),
      );
  });
});

type Sized = {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly choices?: readonly Sized[] | null | undefined;
  readonly options?: readonly Sized[] | null | undefined;
  readonly value?: unknown;
};

/** The longest localisation of a name or description counts. */
function charactersOf(sized: Sized): number {
  const localisations = sized as Readonly<Record<string, unknown>>;
  const longest = (key: 'name' | 'description') => {
    const others = Object.values(localisations[`${key}_localizations`] ?? {});
    return Math.max(
      ...[sized[key], ...others].map((value) => (typeof value === 'string' ? Array.from(value).length : 0)),
    );
  };
  const value = typeof sized.value === 'string' || typeof sized.value === 'number' ? String(sized.value).length : 0;
  const inner = [...(sized.choices ?? []), ...(sized.options ?? [])];
  return longest('name') + longest('description') + value + inner.reduce((sum, one) => sum + charactersOf(one), 0);
}
