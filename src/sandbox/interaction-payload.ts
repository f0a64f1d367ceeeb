import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';
import type { Interaction } from './interactions.ts';
import type { JsonObject } from './json.ts';
import {
  directChannelObject,
  guildChannelObject,
  memberFields,
  memberObject,
  roleObject,
  userObject,
} from './objects.ts';
import type { Mentioned } from './option-value.ts';
import type { SandboxState } from './state.ts';
import {
  applicationId,
  bot,
  findGuildChannel,
  findPerson,
  guildId,
  guildLocale,
  permissionsOf,
  roles,
} from './world.ts';

/** Of each file that an answer may carry. Source: resources/message, 10 MiB without boosts. */
const attachmentSizeLimit = 10 * 1024 * 1024;

/** The body of INTERACTION_CREATE. `data` is what was typed, pressed or filled in. */
export function interactionPayload(state: SandboxState, interaction: Interaction, data: JsonObject): JsonObject {
  const { person, isDirect } = interaction;
  const direct = state.directChannel(interaction.channel);
  const channel = findGuildChannel(interaction.channel);
  const place = isDirect
    ? {
        user: userObject(person),
        channel: direct === undefined ? undefined : directChannelObject(direct, state),
        context: InteractionContextType.BotDM,
      }
    : {
        guild: { id: guildId, locale: guildLocale, features: [] },
        guild_id: guildId,
        guild_locale: guildLocale,
        channel:
          channel === undefined
            ? undefined
            : { ...guildChannelObject(channel, state), permissions: String(permissionsOf(person)) },
        member: { ...memberObject(person), permissions: String(permissionsOf(person)) },
        context: InteractionContextType.Guild,
      };
  return {
    id: interaction.id,
    application_id: applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: interaction.channel,
    ...place,
    ...(interaction.source === null
      ? {}
      : { message: state.findMessage(interaction.channel, interaction.source.id) ?? interaction.source }),
    locale: person.locale,
    app_permissions: String(permissionsOf(bot)),
    authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: isDirect ? '0' : guildId },
    entitlements: [],
    attachment_size_limit: attachmentSizeLimit,
  };
}

/** What ids in options or selects stand for, with the rights there of the person who asks and of the bot. */
export function resolvedData(state: SandboxState, mentioned: readonly Mentioned[], person: { id: string }): JsonObject {
  const users: Record<string, unknown> = {};
  const members: Record<string, unknown> = {};
  const channels: Record<string, unknown> = {};
  const namedRoles: Record<string, unknown> = {};
  const asker = findPerson(person.id);
  for (const { kind, id } of mentioned) {
    const user = kind === 'user' ? findPerson(id) : undefined;
    const channel = kind === 'channel' ? findGuildChannel(id) : undefined;
    const role = kind === 'role' ? roles.find((one) => one.id === id) : undefined;
    if (user !== undefined) {
      users[id] = userObject(user);
      members[id] = { ...memberFields(user), permissions: String(permissionsOf(user)) };
    }
    if (channel !== undefined) {
      channels[id] = {
        ...guildChannelObject(channel, state),
        permissions: String(asker === undefined ? 0n : permissionsOf(asker)),
        app_permissions: String(permissionsOf(bot)),
      };
    }
    if (role !== undefined) namedRoles[id] = roleObject(role);
  }
  const filled = Object.entries({ users, members, channels, roles: namedRoles }).filter(
    ([, map]) => Object.keys(map).length > 0,
  );
  return filled.length === 0 ? {} : { resolved: Object.fromEntries(filled) };
}
