import { z } from 'zod';
import { refuse } from './api-error.ts';
import { param, readingEndpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { applicationObject, directChannelObject, guildObject, memberObject, userObject } from './objects.ts';
import type { SandboxState } from './state.ts';
import { applicationId, bot, findPerson, guildId, guildName, permissionsOf } from './world.ts';

const bodyOfDirect = z.object({ recipient_id: z.union([z.string().regex(/^\d{1,20}$/), z.int()]) });

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
    readingEndpoint('/users/@me/guilds', () => [
      {
        id: guildId,
        name: guildName,
        icon: null,
        banner: null,
        owner: false,
        permissions: String(permissionsOf(bot)),
        features: guildObject()['features'],
      },
    ]),
    readingEndpoint('/users/@me/guilds/:id/member', (call) => {
      if (param(call, 'id') !== guildId) throw refuse(10004);
      return memberObject(bot);
    }),
    readingEndpoint('/users/:id', (call) => {
      const person = findPerson(param(call, 'id'));
      if (person === undefined) throw refuse(10013);
      return userObject(person);
    }),
    {
      method: 'POST',
      path: '/users/@me/channels',
      access: 'bot',
      limit: { count: 10, windowMs: 10_000 },
      handle({ body }) {
        const person = findPerson(String(parseForm(bodyOfDirect, body).recipient_id));
        if (person === undefined) throw refuse(50033);
        if (person.role === 'bot') throw refuse(50007);
        return { status: 200, body: directChannelObject(state.openDirectChannel(person.id), state) };
      },
    },
    readingEndpoint('/applications/@me', () => applicationObject()),
    readingEndpoint('/oauth2/applications/@me', () => applicationObject()),
    readingEndpoint('/applications/:id', (call) => {
      if (param(call, 'id') !== applicationId) throw refuse(20012);
      return applicationObject();
    }),
  ];
}
