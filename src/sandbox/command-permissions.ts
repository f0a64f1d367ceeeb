import type { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import type { JsonObject } from './json.ts';
import type { Snowflake } from './snowflake.ts';
import { applicationId } from './world.ts';
import type { Keep } from './state-rows.ts';

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
export function createCommandPermissions(saved: readonly CommandPermissions[], keep: Keep) {
  const all = new Map<Snowflake, Map<Snowflake, CommandPermissions>>();
  const hold = (one: CommandPermissions) => {
    const ofGuild = all.get(one.guild) ?? new Map<Snowflake, CommandPermissions>();
    all.set(one.guild, ofGuild.set(one.id, one));
  };
  for (const one of saved) hold(one);
  const remove = (guild: Snowflake, id: Snowflake) => {
    const ofGuild = all.get(guild);
    if (ofGuild?.delete(id) !== true) return;
    if (ofGuild.size === 0) all.delete(guild);
    keep({ kind: 'permissions', parent: guild, id, body: null });
  };
  const ofGuild = (guild: Snowflake): CommandPermissions[] => [...(all.get(guild)?.values() ?? [])];
  const set = (next: CommandPermissions) => {
    if (next.permissions.length === 0) {
      remove(next.guild, next.id);
      return;
    }
    hold(next);
    keep({ kind: 'permissions', parent: next.guild, id: next.id, body: next });
  };
  return {
    of: (guild: Snowflake, id: Snowflake): CommandPermissions | undefined => all.get(guild)?.get(id),
    ofGuild,
    /** In the place of what was there; none at all takes it away. */
    set,
    /** As a command is deleted or renamed: one of a server, or, without `guild`, one that all servers had. */
    forgetCommand(id: Snowflake, guild?: Snowflake): void {
      for (const one of guild === undefined ? [...all.keys()] : [guild]) remove(one, id);
    },
    /** As the server goes, or the bot from it. */
    forgetGuild(guild: Snowflake): void {
      for (const { id } of ofGuild(guild)) remove(guild, id);
    },
    /** What was said of a role or a channel that is gone. */
    forgetTarget(guild: Snowflake, target: Snowflake): void {
      for (const one of ofGuild(guild)) {
        const permissions = one.permissions.filter(({ id }) => id !== target);
        if (permissions.length < one.permissions.length) set({ ...one, permissions });
      }
    },
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
