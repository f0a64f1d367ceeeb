import { z } from 'zod';
import { accessGuild } from './access.ts';
import { refuse } from './api-error.ts';
import { directChannelObject } from './channel-objects.ts';
import { endpointsBelow, param, readingEndpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { Guild } from './guild.ts';
import { applicationObject, guildsOfBot } from './guild-objects.ts';
import type { JsonObject } from './json.ts';
import { permissionsIn } from './permissions.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { memberObject, userObject } from './user-objects.ts';
import { snowflake } from './validate-channel.ts';
import { applicationId, bot } from './world.ts';

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  before: snowflake.optional(),
  after: snowflake.optional(),
});
const bodyOfDirect = z.object({ recipient_id: snowflake });

/** The bot itself, its application, other users, private channels, and where the gateway is. */
export function userEndpoints(
  state: SandboxState,
  gatewayUrl: () => string,
  sessionStarts: () => JsonObject,
): Endpoint[] {
  const own = { ...userObject(bot), mfa_enabled: true, locale: bot.locale, verified: true, email: null, bio: '' };
  return [
    { ...readingEndpoint('/gateway', () => ({ url: gatewayUrl() })), access: 'open' },
    readingEndpoint('/gateway/bot', () => ({ url: gatewayUrl(), ...sessionStarts() })),
    readingEndpoint('/users/@me', () => own),
    readingEndpoint('/users/@me/guilds', ({ query }) => {
      const { limit, before, after } = parseForm(pageSchema, Object.fromEntries(query));
      const fitting = guildsOfBot(state)
        .filter(({ id }) => after === undefined || compareSnowflakes(id, after) > 0)
        .filter(({ id }) => before === undefined || compareSnowflakes(id, before) < 0)
        .toSorted((a, b) => compareSnowflakes(a.id, b.id));
      const page = before === undefined || after !== undefined ? fitting.slice(0, limit) : fitting.slice(-limit);
      return page.map(guildOfBot);
    }),
    readingEndpoint('/users/@me/guilds/:id/member', (call) => {
      const member = accessGuild(state, param(call, 'id')).members.find(({ user }) => user === bot.id);
      if (member === undefined) throw refuse(10004);
      return memberObject(member, bot);
    }),
    readingEndpoint('/users/:id', (call) => {
      const person = state.people.byId(param(call, 'id'));
      if (person === undefined) throw refuse(10013);
      return userObject(person);
    }),
    endpointsBelow('/users/@me')('DELETE', '/guilds/:id', (call) => {
      state.guilds.removeMember(accessGuild(state, param(call, 'id')).id, bot.id);
      return { status: 204 };
    }),
    endpointsBelow('/users/@me', { count: 10, windowMs: 10_000 })('POST', '/channels', ({ body }) => {
      const person = state.people.byId(parseForm(bodyOfDirect, body).recipient_id);
      if (person === undefined) throw refuse(50033);
      if (person.role === 'bot') throw refuse(50007);
      return { status: 200, body: directChannelObject(state.openDirectChannel(person.id), state) };
    }),
    readingEndpoint('/applications/@me', () => applicationObject(state)),
    readingEndpoint('/oauth2/applications/@me', () => applicationObject(state)),
    readingEndpoint('/applications/:id', (call) => {
      if (param(call, 'id') !== applicationId) throw refuse(20012);
      return applicationObject(state);
    }),
  ];
}

/** A server in the bot's own list. */
function guildOfBot(guild: Guild): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: guild.owner === bot.id,
    permissions: String(permissionsIn(guild, bot.id)),
    features: guild.features,
  };
}
