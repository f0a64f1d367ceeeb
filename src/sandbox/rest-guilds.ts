import { refuse } from './api-error.ts';
import { param, readingEndpoint } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import {
  directChannelObject,
  guildChannelObject,
  guildMembers,
  guildObject,
  memberObject,
  roleObject,
} from './objects.ts';
import type { SandboxState } from './state.ts';
import { guildChannels, guildId, roles } from './world.ts';

/** The server, its channels, members and roles, as they can be read. */
export function guildEndpoints(state: SandboxState): Endpoint[] {
  return [
    getInGuild('', ({ query }) => ({
      ...guildObject(),
      ...(query.get('with_counts') === 'true'
        ? { approximate_member_count: guildMembers().length, approximate_presence_count: guildMembers().length }
        : {}),
    })),
    getInGuild('/channels', () => guildChannels.map((channel) => guildChannelObject(channel, state))),
    getInGuild('/roles', () => roles.map(roleObject)),
    getInGuild('/members', () => guildMembers().map(memberObject)),
    getInGuild('/members/:user', (call) => {
      const member = guildMembers().find((person) => person.id === param(call, 'user'));
      if (member === undefined) throw refuse(10007);
      return memberObject(member);
    }),
    readingEndpoint('/channels/:id', (call) => {
      const id = param(call, 'id');
      const channel = guildChannels.find((known) => known.id === id);
      if (channel !== undefined) return guildChannelObject(channel, state);
      const direct = state.directChannel(id);
      if (direct === undefined) throw refuse(10003);
      return directChannelObject(direct, state);
    }),
  ];
}

/** Below a server: refused unless it is the one that exists. */
function getInGuild(path: string, read: (call: Call) => unknown): Endpoint {
  return readingEndpoint(`/guilds/:id${path}`, (call) => {
    if (param(call, 'id') !== guildId) throw refuse(10004);
    return read(call);
  });
}
