import { ApplicationCommandType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, text } from './form-errors.ts';
import { localised } from './localisations.ts';
import { commandOptionsSchema, invalidName, isSlashName } from './validate-command-options.ts';

/** All names, descriptions, choice names and values of one command. Source: interactions/application-commands. */
const maxCommandCharacters = 8_000;

const once = <T>(values: readonly T[]): T[] => [...new Set(values)];

const commandFields = z.object({
  /** Entry points (4) are for applications that have an Activity. */
  type: z.literal([Type.ChatInput, Type.User, Type.Message]).nullish(),
  name: text(1, 32),
  name_localizations: localised(text(1, 32)),
  description: text(0, 100).nullish(),
  description_localizations: localised(text(1, 100)),
  options: commandOptionsSchema.nullish(),
  default_member_permissions: z.union([z.string().regex(/^\d+$/), z.int().min(0)]).nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z
    .array(z.literal([0, 1, 2]))
    .min(1)
    .transform(once)
    .nullish(),
  integration_types: z
    .array(z.literal([0, 1]))
    .min(1)
    .transform(once)
    .nullish(),
  nsfw: z.boolean().nullish(),
});

type Fields = z.infer<typeof commandFields>;

/** A command as it is to be, whole. */
export const commandSchema = commandFields.superRefine((command, context) => {
  const isChatInput = (command.type ?? Type.ChatInput) === Type.ChatInput;
  for (const issue of isChatInput ? chatInputFaults(command) : contextMenuFaults(command)) context.addIssue(issue);
  if (charactersOf(command) > maxCommandCharacters) {
    const message = `Command exceeds maximum size (${String(maxCommandCharacters)})`;
    context.addIssue(fault('APPLICATION_COMMAND_TOO_LARGE', message));
  }
});

function chatInputFaults(command: Fields) {
  const names = Object.values(command.name_localizations ?? {}).filter((name) => name !== null);
  return [
    ...(isSlashName(command.name) ? [] : [{ ...invalidName(), path: ['name'] }]),
    // Here Discord does not say which language it means. Source: discord-api-docs#7712.
    ...(names.every(isSlashName) ? [] : [{ ...invalidName(), path: ['name_localizations'] }]),
    ...(command.description ? [] : [fault('BASE_TYPE_REQUIRED', 'This field is required', ['description'])]),
  ];
}

function contextMenuFaults(command: Fields) {
  return [
    ...(command.description ? [notOnMenu('description')] : []),
    ...((command.options ?? []).length > 0 ? [notOnMenu('options')] : []),
  ];
}

function notOnMenu(what: 'description' | 'options') {
  const code = `APPLICATION_COMMAND_CONTEXT_MENU_${what.toUpperCase()}_NOT_ALLOWED`;
  return fault(code, `Context menu commands cannot have ${what}`, [what]);
}

/** The whole set of commands, none twice. One that is there already may be named by its id, to rename it. */
export const commandListSchema = z
  .array(z.intersection(commandSchema, z.object({ id: z.string().nullish() })))
  .superRefine((list, context) => {
    for (const [at, command] of list.entries()) {
      const twin = list.findIndex((other) => other.name === command.name && (other.type ?? 1) === (command.type ?? 1));
      if (twin === at) continue;
      context.addIssue(fault('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique', [at]));
    }
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
