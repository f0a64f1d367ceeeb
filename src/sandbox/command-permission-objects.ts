import type { CommandPermissions } from './command-permissions.ts';
import type { JsonObject } from './json.ts';
import { applicationId } from './world.ts';

/** Permissions of a command as Discord writes them. */
export function commandPermissionsObject({ id, guild, permissions }: CommandPermissions): JsonObject {
  return { id, application_id: applicationId, guild_id: guild, permissions };
}
