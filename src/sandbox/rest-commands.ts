import { refuse } from './api-error.ts';
import { commandFor, completeCommand } from './command-objects.ts';
import { createDailyCreates } from './daily-creates.ts';
import { param, usualLimit } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { isMember } from './guild-store.ts';
import { isLocale } from './localisations.ts';
import type { LimitsMode } from './rate-limits.ts';
import type { Snowflake } from './snowflake.ts';
import type { Command, SandboxState } from './state.ts';
import { commandListSchema, commandSchema } from './validate-command.ts';
import { applicationId, bot } from './world.ts';

/** Chat-input, user and message commands, of one scope. Source: interactions/application-commands, March 2026. */
const maxOfType: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

/** Registration of commands, global ones and those of a server. */
export function commandEndpoints(state: SandboxState, limits: LimitsMode): Endpoint[] {
  const daily = createDailyCreates(limits, state.now);
  return ['/applications/:id/commands', '/applications/:id/guilds/:guild/commands'].flatMap((root) =>
    scopeEndpoints(root, state, daily),
  );
}

/**
 * The server of the path, which the bot must be in; undefined for global commands.
 *
 * @throws ApiError 20012, and 50001 for a server that the bot is not in, whether there is one or not
 */
export function scopeOf(call: Call, state: SandboxState): Snowflake | undefined {
  if (param(call, 'id') !== applicationId) throw refuse(20012);
  const guild = call.params['guild'];
  if (guild === undefined) return undefined;
  const known = state.guilds.find(guild);
  if (known === undefined || !isMember(known, bot.id)) throw refuse(50001);
  return known.id;
}

function scopeEndpoints(root: string, state: SandboxState, daily: ReturnType<typeof createDailyCreates>): Endpoint[] {
  const inScope = state.commandsOf;
  /** Puts `next` in the place of the scope's commands, as far as its limits allow. */
  const replaceScope = (guild: Snowflake | undefined, next: readonly Command[]) => {
    const own = inScope(guild);
    for (const [type, max] of Object.entries(maxOfType)) {
      if (next.filter((command) => command.type === Number(type)).length > max) throw refuse(30032);
    }
    const made = next.filter(({ id }) => !own.some((known) => known.id === id));
    daily.count(guild ?? '', made.length);
    state.setCommands(guild, next);
  };
  const commandOf = (call: Call): Command => {
    const command = inScope(scopeOf(call, state)).find(({ id }) => id === param(call, 'command'));
    if (command === undefined) throw refuse(10063);
    return command;
  };
  const twinOf = (fields: JsonObject, guild: Snowflake | undefined) =>
    inScope(guild).find((known) => known.name === fields['name'] && known.type === (fields['type'] ?? 1));
  const namedOf = (fields: JsonObject, guild: Snowflake | undefined) =>
    inScope(guild).find((known) => known.id === fields['id'] && known.type === (fields['type'] ?? 1));
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
      const locale = localeOf(call);
      return { status: 200, body: isWhole ? commands : commands.map((command) => commandFor(command, locale)) };
    }),
    route('PUT', '', (call) => {
      const guild = scopeOf(call, state);
      const fields = parseForm(commandListSchema, call.body);
      const next = fields.map((one) =>
        completeCommand(one, namedOf(one, guild) ?? twinOf(one, guild), guild, state.nextId),
      );
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
      // What is left out stays, and the type cannot change.
      const changes = isJsonObject(call.body) ? { ...known, ...call.body, type: known.type } : call.body;
      const fields = parseForm(commandSchema, changes);
      const twin = twinOf(fields, guild);
      if (twin !== undefined && twin !== known) throw refuse(40041);
      const command = completeCommand(fields, known, guild, state.nextId);
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

/** The language of whoever asks. Source: interactions/application-commands, Retrieving localized commands. */
function localeOf(call: Call): string {
  const accepted = (call.headers.get('accept-language') ?? '').split(/[,;]/)[0]?.trim() ?? '';
  return [call.headers.get('x-discord-locale') ?? '', accepted].find(isLocale) ?? bot.locale;
}
