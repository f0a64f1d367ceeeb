import { isDeepStrictEqual } from 'node:util';
import { accessGuild } from './access.ts';
import { refuse } from './api-error.ts';
import { param, usualLimit } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject, withoutAbsent } from './json.ts';
import type { Command, SandboxState } from './state.ts';
import { commandListSchema, commandPatchSchema, commandSchema } from './validate-command.ts';
import { applicationId } from './world.ts';

/** Chat-input, user and message commands, of one scope. Source: interactions/application-commands, March 2026. */
const maxOfType: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

/** Registration of commands, global ones and those of the server. */
export function commandEndpoints(state: SandboxState): Endpoint[] {
  return ['/applications/:id/commands', '/applications/:id/guilds/:guild/commands'].flatMap((root) =>
    scopeEndpoints(root, state),
  );
}

/** The server of this scope; undefined for global commands. */
function scopeOf(call: Call, state: SandboxState): string | undefined {
  if (param(call, 'id') !== applicationId) throw refuse(20012);
  const guild = call.params['guild'];
  return guild === undefined ? undefined : accessGuild(state, guild).id;
}

function scopeEndpoints(root: string, state: SandboxState): Endpoint[] {
  const inScope = (guild: string | undefined) => state.commands().filter((command) => command['guild_id'] === guild);
  const replaceScope = (guild: string | undefined, next: readonly Command[]) => {
    const others = state.commands().filter((command) => command['guild_id'] !== guild);
    for (const [type, max] of Object.entries(maxOfType)) {
      if (next.filter((command) => command.type === Number(type)).length > max) throw refuse(30032);
    }
    state.setCommands([...others, ...next]);
  };
  const commandOf = (call: Call): Command => {
    const command = inScope(scopeOf(call, state)).find(({ id }) => id === param(call, 'command'));
    if (command === undefined) throw refuse(10063);
    return command;
  };
  const twinOf = (fields: JsonObject, guild: string | undefined) =>
    inScope(guild).find((known) => known.name === fields['name'] && known.type === (fields['type'] ?? 1));
  const route = (method: Endpoint['method'], path: string, handle: Endpoint['handle']): Endpoint => ({
    method,
    path: root + path,
    access: 'bot',
    limit: usualLimit,
    handle,
  });

  return [
    route('GET', '', (call) => {
      const commands = inScope(scopeOf(call, state));
      const isWhole = call.query.get('with_localizations') === 'true';
      return { status: 200, body: isWhole ? commands : commands.map((command) => withoutLocalisations(command)) };
    }),
    route('PUT', '', (call) => {
      const guild = scopeOf(call, state);
      const fields = parseForm(commandListSchema, call.body);
      const next = fields.map((one) => completeCommand(one, twinOf(one, guild), guild, state.nextId));
      replaceScope(guild, next);
      return { status: 200, body: next };
    }),
    route('POST', '', (call) => {
      const guild = scopeOf(call, state);
      const fields = parseForm(commandSchema, call.body);
      const twin = twinOf(fields, guild);
      const command = completeCommand(fields, twin, guild, state.nextId);
      replaceScope(guild, [...inScope(guild).filter((known) => known !== twin), command]);
      return { status: twin === undefined ? 201 : 200, body: command };
    }),
    route('GET', '/:command', (call) => ({ status: 200, body: commandOf(call) })),
    route('PATCH', '/:command', (call) => {
      const known = commandOf(call);
      const guild = scopeOf(call, state);
      const { type: _fixed, ...changes } = parseForm(commandPatchSchema, call.body);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const command = completeCommand({ ...known, ...given }, known, guild, state.nextId);
      replaceScope(
        guild,
        inScope(guild).map((one) => (one === known ? command : one)),
      );
      return { status: 200, body: command };
    }),
    route('DELETE', '/:command', (call) => {
      const known = commandOf(call);
      const guild = scopeOf(call, state);
      replaceScope(
        guild,
        inScope(guild).filter((one) => one !== known),
      );
      return { status: 204 };
    }),
  ];
}

/** `fields` as Discord answers them. A command that was there keeps its id, and its version while nothing changed. */
function completeCommand(
  fields: JsonObject,
  known: Command | undefined,
  guild: string | undefined,
  nextId: () => string,
): Command {
  const id = known?.id ?? nextId();
  const permissions = fields['default_member_permissions'];
  const isChatInput = (fields['type'] ?? 1) === 1;
  const command = {
    id,
    application_id: applicationId,
    version: known?.['version'] ?? id,
    default_member_permissions:
      typeof permissions === 'string' || typeof permissions === 'number' ? String(permissions) : null,
    type: Number(fields['type'] ?? 1),
    name: String(fields['name']),
    name_localizations: fields['name_localizations'] ?? null,
    description: isChatInput && typeof fields['description'] === 'string' ? fields['description'] : '',
    description_localizations: fields['description_localizations'] ?? null,
    dm_permission: fields['dm_permission'] ?? true,
    contexts: fields['contexts'] ?? null,
    integration_types: fields['integration_types'] ?? [0],
    nsfw: fields['nsfw'] ?? false,
    ...(Array.isArray(fields['options']) && fields['options'].length > 0
      ? { options: fields['options'].map(withoutAbsentAnywhere) }
      : {}),
    ...(guild === undefined ? {} : { guild_id: guild }),
  };
  return known !== undefined && isDeepStrictEqual(known, command) ? known : { ...command, version: nextId() };
}

function withoutAbsentAnywhere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsentAnywhere);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(withoutAbsent(value)).map(([key, inner]) => [key, withoutAbsentAnywhere(inner)]),
  );
}

/** Lists leave the translations out unless they are asked for. */
function withoutLocalisations(value: JsonObject): JsonObject {
  const strip = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(strip);
    return isJsonObject(inner) ? withoutLocalisations(inner) : inner;
  };
  const kept = Object.entries(value).filter(
    ([key]) => key !== 'name_localizations' && key !== 'description_localizations',
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, strip(inner)]));
}
