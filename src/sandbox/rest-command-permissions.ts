import { refuse } from './api-error.ts';
import { commandPermissionsObject } from './command-permissions.ts';
import { endpointsBelow, param } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { scopeOf } from './rest-commands.ts';
import type { SandboxState } from './state.ts';
import { applicationId } from './world.ts';

const route = endpointsBelow('/applications/:id/guilds/:guild/commands');

/**
 * Permissions of commands, which a bot may read and not change. To be mounted before the commands, whose ids stand in the same place.
 * Source: interactions/application-commands, Permissions.
 */
export function commandPermissionEndpoints(state: SandboxState): Endpoint[] {
  const guildOf = (call: Call) => scopeOf(call, state) ?? '';
  /** A command that the server has, or the application for all of them. */
  const commandOf = (call: Call): string => {
    const id = param(call, 'command');
    const guild = guildOf(call);
    const isHere = state
      .commands()
      .some((one) => one.id === id && (one['guild_id'] === undefined || one['guild_id'] === guild));
    if (id !== applicationId && !isHere) throw refuse(10063);
    return id;
  };
  return [
    route('GET', '/permissions', (call) => ({
      status: 200,
      body: state.commandPermissions.ofGuild(guildOf(call)).map(commandPermissionsObject),
    })),
    route('GET', '/:command/permissions', (call) => {
      const permissions = state.commandPermissions.of(guildOf(call), commandOf(call));
      if (permissions === undefined) throw refuse(10066);
      return { status: 200, body: commandPermissionsObject(permissions) };
    }),
    // It takes the Bearer token of a person who manages the server.
    route('PUT', '/:command/permissions', () => {
      throw refuse(20001);
    }),
  ];
}
