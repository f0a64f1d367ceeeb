import { Routes } from 'discord.js';
import type { REST, RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { patiently } from './patiently.ts';
import type { Sleep } from './patiently.ts';
import { requestError } from './request-error.ts';

export type CommandData = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** One slash command that Discord does not have as we want it. */
export type CommandChange = { readonly name: string; readonly change: 'added' | 'changed' | 'removed' };

const registeredSchema = z.array(z.looseObject({ name: z.string() }));
type Registered = z.infer<typeof registeredSchema>[number];

/**
 * Makes the global slash commands of the application equal to `wanted`: one reading request, and one bulk overwrite only where they
 * differ, so that a restart costs nothing of Discord's daily budget. Both may be repeated, and are for half a minute while Discord fails.
 * Returns the changes made, by name.
 *
 * @throws AppError `token-refused`, `discord-refused` or `discord-unreachable`
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  wanted: readonly CommandData[],
  deps: { readonly log?: Log; readonly sleep?: Sleep } = {},
): Promise<CommandChange[]> {
  return patiently(async () => {
    const changes = await compareCommands(rest, applicationId, wanted);
    const route = Routes.applicationCommands(applicationId);
    if (changes.length > 0) await sent(`PUT ${route}`, rest.put(route, { body: wanted }));
    return changes;
  }, deps);
}

/**
 * Registers the slash commands for a bot that starts, and logs what became of it. A failure does not end the bot: commands registered
 * earlier go on working.
 *
 * @throws AppError `token-refused`
 */
export async function registerOrLog(
  rest: REST,
  applicationId: string,
  wanted: readonly CommandData[],
  deps: { readonly log: Log; readonly sleep?: Sleep },
): Promise<void> {
  const { log } = deps;
  try {
    const changes = await registerCommands(rest, applicationId, wanted, deps);
    if (changes.length > 0) log.info({ changes }, `discord: ${changes.length} slash commands registered`);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'token-refused') throw thrown;
    log.error({ code: thrown.code }, `${thrown.message}; the slash commands stay as they were registered earlier`);
  }
}

/** What `registerCommands` would change. Only reads. */
export async function compareCommands(
  rest: REST,
  applicationId: string,
  wanted: readonly CommandData[],
): Promise<CommandChange[]> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const route = Routes.applicationCommands(applicationId);
  const registered = registeredSchema.parse(await sent(`GET ${route}`, rest.get(route, { query })));
  return commandChanges(registered, wanted);
}

async function sent(request: string, answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (thrown) {
    throw requestError(thrown, request);
  }
}

/** The differences between what Discord has and what we want, by name. Ids, versions and defaults that Discord fills in do not count. */
export function commandChanges(registered: readonly Registered[], wanted: readonly CommandData[]): CommandChange[] {
  const before = new Map(registered.map((command) => [command.name, canonical(command)]));
  const after = new Map(wanted.map((command) => [command.name, canonical(command)]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name): CommandChange[] => {
    if (!before.has(name)) return [{ name, change: 'added' }];
    if (!after.has(name)) return [{ name, change: 'removed' }];
    return isDeepStrictEqual(before.get(name), after.get(name)) ? [] : [{ name, change: 'changed' }];
  });
}

/** The fields of a command that we set; Discord adds others (id, version, dm_permission, localised names) on its own. */
function canonical(command: CommandData | Registered): unknown {
  const fields = new Map<string, unknown>(Object.entries(command));
  return {
    type: fields.get('type') ?? 1,
    name: fields.get('name'),
    description: fields.get('description'),
    options: canonicalOptions(fields.get('options')),
    permissions: fields.get('default_member_permissions') ?? null,
    contexts: sorted(fields.get('contexts')),
    // Discord's own default: installed by servers only.
    integrationTypes: sorted(fields.get('integration_types') ?? [0]),
    nsfw: fields.get('nsfw') ?? false,
    nameLocalizations: fields.get('name_localizations') ?? null,
    descriptionLocalizations: fields.get('description_localizations') ?? null,
  };
}

/** Options keep their order, which people see; absent, false and empty are the same to Discord. */
function canonicalOptions(options: unknown): unknown {
  if (!Array.isArray(options)) return [];
  return options.map((option: Record<string, unknown>) => {
    const kept = Object.entries(option).filter(([, value]) => !isDefault(value));
    return Object.fromEntries(
      kept.map(([key, value]) => [key, nested(key, value)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}

function nested(key: string, value: unknown): unknown {
  if (key === 'options') return canonicalOptions(value);
  if (key === 'choices' && Array.isArray(value)) {
    return value.map((choice: Record<string, unknown>) => ({
      name: choice['name'],
      value: choice['value'],
      localizations: choice['name_localizations'] ?? null,
    }));
  }
  return key === 'channel_types' ? sorted(value) : value;
}

function isDefault(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(Number).toSorted((a, b) => a - b) : null;
}
