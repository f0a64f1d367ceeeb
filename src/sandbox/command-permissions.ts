import type { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import type { JsonObject } from './json.ts';
import type { Snowflake } from './snowflake.ts';
import { applicationId } from './world.ts';

/** Whether a role, a person or a channel may have a command. */
export type CommandPermission = {
  /** The id of the server stands for everyone, the one before it for all channels. */
  readonly id: Snowflake;
  readonly type: ApplicationCommandPermissionType;
  readonly permission: boolean;
};

/** What a server says of one command, or, under the application's id, of all that it says nothing of. */
export type CommandPermissions = {
  readonly id: Snowflake;
  readonly guild: Snowflake;
  readonly permissions: readonly CommandPermission[];
};

/** The permissions of commands in servers, as people set them under Server Settings > Integrations. */
export function createCommandPermissions(saved: readonly CommandPermissions[]) {
  let all = saved;
  const without = (guild: Snowflake, id: Snowflake) => all.filter((one) => one.guild !== guild || one.id !== id);
  return {
    of: (guild: Snowflake, id: Snowflake): CommandPermissions | undefined =>
      all.find((one) => one.guild === guild && one.id === id),
    ofGuild: (guild: Snowflake): CommandPermissions[] => all.filter((one) => one.guild === guild),
    /** In the place of what was there; none at all takes it away. */
    set(next: CommandPermissions): void {
      all = [...without(next.guild, next.id), ...(next.permissions.length > 0 ? [next] : [])];
    },
    /** As a command is deleted or renamed. */
    forget(id: Snowflake): void {
      all = all.filter((one) => one.id !== id);
    },
    saved: () => all,
  };
}

/** The id that stands for all channels of a server. Source: interactions/application-commands, Permissions Constants. */
export function allChannelsId(guild: Snowflake): Snowflake {
  return String(BigInt(guild) - 1n);
}

/** Permissions of a command as Discord writes them. */
export function commandPermissionsObject({ id, guild, permissions }: CommandPermissions): JsonObject {
  return { id, application_id: applicationId, guild_id: guild, permissions };
}
