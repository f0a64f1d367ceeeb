import type { Guild, Member } from './guild.ts';
import type { JsonObject } from './json.ts';
import { discordTime } from './message.ts';
import type { UserObject } from './message.ts';
import type { Person } from './person.ts';
import type { Snowflake } from './snowflake.ts';

/** A person as Discord writes them. */
export function userObject(person: Person): UserObject {
  const isBot = person.role === 'bot';
  return {
    id: person.id,
    username: isBot ? person.name : usernameOf(person),
    discriminator: isBot ? '0420' : '0',
    global_name: isBot ? null : person.name,
    avatar: null,
    ...(isBot ? { bot: true } : {}),
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

/** What people are called may be anything; the name they log in with is small letters, digits, `_` and `.`. */
function usernameOf({ id, name }: Person): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9_.]+/g, '_');
  return /[a-z0-9]/.test(plain) && plain.length > 1 ? plain : `user_${id}`;
}

/** A member without its user, as it stands in interactions and messages. */
export function memberFields(member: Member): JsonObject {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: discordTime(member.joinedMs),
    nick: member.nick,
    pending: false,
    premium_since: null,
    roles: member.roles,
    mute: false,
    deaf: false,
  };
}

/** A member with its user. */
export function memberObject(member: Member, person: Person): JsonObject {
  return { ...memberFields(member), user: userObject(person) };
}

/** The member's fields of somebody who may not be in the server: undefined then. */
export function memberFieldsOf(guild: Guild, user: Snowflake): JsonObject | undefined {
  const member = guild.members.find((one) => one.user === user);
  return member === undefined ? undefined : memberFields(member);
}
