import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { guildChannelObject, threadObject } from './channel-objects.ts';
import type { Guild, GuildChannel, Thread } from './guild.ts';
import { isMember } from './guild-store.ts';
import { roleObject } from './guild-objects.ts';
import type { JsonObject } from './json.ts';
import { has, permissionsIn } from './permissions.ts';
import type { Person } from './person.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { bot } from './world.ts';

/** Servers that the page lists; somebody may be in 10,000, which no page could show. */
const shownGuilds = 50;

/**
 * All that the page shows besides messages, through the eyes of `viewer`; null sees everything.
 *
 * @param wanted id or name of a server that is listed though it is not among the first
 */
export function worldFor(viewer: Snowflake | null, state: SandboxState, wanted = ''): JsonObject {
  const guilds = state.guilds.list().filter((guild) => viewer === null || isMember(guild, viewer));
  const name = wanted.trim().toLowerCase();
  const isWanted = (guild: Guild) => guild.id === name || guild.name.toLowerCase() === name;
  const shown = [...guilds.slice(0, shownGuilds), ...guilds.slice(shownGuilds).filter(isWanted).slice(0, 1)];
  return {
    guilds: shown.map((guild) => guildFor(guild, viewer, state)),
    moreGuilds: guilds.length - shown.length,
    users: state.people.played().map(personShown),
    bot: { id: bot.id, name: bot.name, avatar: `/avatars/${bot.id}.svg` },
    commands: state.commands(),
  };
}

/** Somebody who can be played, as the page lists them. */
export function personShown({ id, name, role, locale, takesDirectMessages }: Person): JsonObject {
  return { id, name, role, locale, takesDirectMessages, avatar: `/avatars/${id}.svg` };
}

function guildFor(guild: Guild, viewer: Snowflake | null, state: SandboxState): JsonObject {
  const seen = <T extends GuildChannel | Thread>(place: T) => {
    const permissions = viewer === null ? null : permissionsIn(guild, viewer, place);
    return permissions === null || has(permissions, Permission.ViewChannel)
      ? [{ place, permissions: permissions === null ? {} : { permissions: String(permissions) } }]
      : [];
  };
  return {
    id: guild.id,
    name: guild.name,
    owner: guild.owner,
    hasBot: isMember(guild, bot.id),
    isUnavailable: state.guilds.isUnavailable(guild.id),
    channels: guild.channels
      .flatMap(seen)
      .map(({ place, permissions }) => ({ ...guildChannelObject(place, state), ...permissions })),
    threads: state.guilds
      .threadsOf(guild.id)
      .flatMap(seen)
      .map(({ place, permissions }) => ({ ...threadObject(place, state), ...permissions, members: place.members })),
    roles: guild.roles.map(roleObject),
    members: guild.members.map((member) => ({ user: member.user, roles: member.roles, nick: member.nick })),
    ...(viewer === null ? {} : { permissions: String(permissionsIn(guild, viewer)) }),
  };
}
