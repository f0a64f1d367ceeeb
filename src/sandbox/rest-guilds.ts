import { accessChannel, accessGuild } from './access.ts';
import { refuse } from './api-error.ts';
import { channelObject, guildChannelObject } from './channel-objects.ts';
import { param, readingEndpoint } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import type { Guild, Member } from './guild.ts';
import { guildObject, roleObject } from './guild-objects.ts';
import type { JsonObject } from './json.ts';
import type { SandboxState } from './state.ts';
import { memberObject } from './user-objects.ts';

/** The servers, their channels, members and roles, as they can be read. */
export function guildEndpoints(state: SandboxState): Endpoint[] {
  const memberOf = (member: Member): JsonObject[] => {
    const person = state.people.byId(member.user);
    return person === undefined ? [] : [memberObject(member, person)];
  };
  const getInGuild = (path: string, read: (guild: Guild, call: Call) => unknown): Endpoint =>
    readingEndpoint(`/guilds/:id${path}`, (call) => read(accessGuild(state, param(call, 'id')), call));
  return [
    getInGuild('', (guild, { query }) => ({
      ...guildObject(guild),
      ...(query.get('with_counts') === 'true'
        ? { approximate_member_count: guild.members.length, approximate_presence_count: guild.members.length }
        : {}),
    })),
    getInGuild('/channels', (guild) => guild.channels.map((channel) => guildChannelObject(channel, state))),
    getInGuild('/roles', (guild) => guild.roles.map(roleObject)),
    getInGuild('/roles/:role', (guild, call) => {
      const role = guild.roles.find((one) => one.id === param(call, 'role'));
      if (role === undefined) throw refuse(10011);
      return roleObject(role);
    }),
    // The whole list is for who was granted the privileged intent, which nobody is here.
    getInGuild('/members', () => {
      throw refuse(50001);
    }),
    getInGuild('/members/:user', (guild, call) => {
      const [member] = guild.members.filter((one) => one.user === param(call, 'user')).flatMap(memberOf);
      if (member === undefined) throw refuse(10007);
      return member;
    }),
    readingEndpoint('/channels/:id', (call) => channelObject(accessChannel(state, param(call, 'id')).id, state)),
  ];
}
