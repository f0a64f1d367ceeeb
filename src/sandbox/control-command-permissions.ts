import { ApplicationCommandPermissionType as Kind } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { allChannelsId, commandPermissionsObject } from './command-permissions.ts';
import type { CommandPermission } from './command-permissions.ts';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named, yesOrNo } from './control-fields.ts';
import { findNamed, guildNamed } from './control-named.ts';
import type { Guild } from './guild.ts';
import { isMember } from './guild-store.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { applicationId, bot } from './world.ts';

/** Of one command in one server. Source: interactions/application-commands, Edit Application Command Permissions. */
const maxPermissions = 100;
const body = fieldsOf({
  guild: named,
  permissions: z.array(fieldsOf({ id: named, permission: yesOrNo })).max(maxPermissions),
});

/** Who may have which command: Server Settings > Integrations. A command by id or name; the bot's name means all of them. */
export function controlCommandPermissions({ state }: { readonly state: SandboxState }) {
  const routes = new Hono();
  routes.get('/commands/:command/permissions', (context) => {
    const guild = guildOfBot(context.req.query('guild') ?? '', state);
    const id = commandIn(guild, context.req.param('command'), state);
    const permissions = state.commandPermissions.of(guild.id, id) ?? { id, guild: guild.id, permissions: [] };
    return context.json(commandPermissionsObject(permissions));
  });
  routes.put('/commands/:command/permissions', async (context) => {
    const asked = readBody(body, await readJson(context.req.raw));
    const guild = guildOfBot(asked.guild, state);
    const id = commandIn(guild, context.req.param('command'), state);
    const permissions = asked.permissions.map((one) => ({
      ...subjectOf(guild, one.id, state),
      permission: one.permission,
    }));
    const next = { id, guild: guild.id, permissions };
    state.setCommandPermissions(next);
    return context.json(commandPermissionsObject(next));
  });
  return routes;
}

function guildOfBot(idOrName: string, state: SandboxState): Guild {
  const guild = guildNamed(idOrName, state);
  if (!isMember(guild, bot.id)) throw new ControlError(404, `${bot.name} is not in ${guild.name}.`);
  return guild;
}

function commandIn(guild: Guild, idOrName: string, state: SandboxState): Snowflake {
  if (idOrName === applicationId || idOrName.toLowerCase() === bot.name.toLowerCase()) return applicationId;
  const wanted = idOrName.replace(/^\//, '');
  const known = state
    .commands()
    .filter((one) => one['guild_id'] === undefined || one['guild_id'] === guild.id)
    .find((one) => one.id === idOrName || one.name === wanted);
  if (known === undefined) throw new ControlError(404, `There is no command “${idOrName}” in ${guild.name}.`);
  return known.id;
}

/** The role, person or channel that somebody names; `everyone` and `all channels` stand for all of them. */
function subjectOf(guild: Guild, idOrName: string, state: SandboxState): Omit<CommandPermission, 'permission'> {
  const wanted = idOrName.replace(/^[@#]/, '').toLowerCase();
  if (wanted === 'everyone' || idOrName === guild.id) return { id: guild.id, type: Kind.Role };
  if (wanted === 'all channels' || idOrName === allChannelsId(guild.id)) {
    return { id: allChannelsId(guild.id), type: Kind.Channel };
  }
  const role = findNamed(guild.roles, wanted);
  if (role !== undefined) return { id: role.id, type: Kind.Role };
  const person = state.people.find(wanted);
  if (person !== undefined) return { id: person.id, type: Kind.User };
  const channel = findNamed(guild.channels, wanted);
  if (channel !== undefined) return { id: channel.id, type: Kind.Channel };
  throw new ControlError(404, `${guild.name} has no role, person or channel “${idOrName}”.`);
}
