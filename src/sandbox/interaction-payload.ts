import { ApplicationIntegrationType, InteractionContextType, PermissionFlagsBits } from 'discord-api-types/v10';
import { permissionsAt, placeById } from './access.ts';
import { channelObject, directChannelObject } from './channel-objects.ts';
import type { Guild } from './guild.ts';
import { roleObject } from './guild-objects.ts';
import type { Interaction } from './interactions.ts';
import type { JsonObject } from './json.ts';
import type { Mentioned } from './mentioned.ts';
import { readableByBot } from './message-content.ts';
import { directPermissions } from './permissions.ts';
import type { Person } from './person.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { memberFieldsOf, userObject } from './user-objects.ts';
import { attachmentSizeLimit } from './upload.ts';
import { applicationId, bot } from './world.ts';

/** What the application always may in its private channels, besides. Source: interactions/receiving-and-responding. */
const directAppPermissions = directPermissions | PermissionFlagsBits.MentionEveryone;

/** What a resolved channel tells. Source: interactions/receiving-and-responding, Resolved Data Structure. */
const resolvedChannelKeys: ReadonlySet<string> = new Set(
  (
    'id name type last_message_id last_pin_timestamp nsfw parent_id guild_id flags rate_limit_per_user topic position ' +
    'thread_metadata'
  ).split(' '),
);

/** The body of INTERACTION_CREATE. `data` is what was typed, pressed or filled in. */
export function interactionPayload(state: SandboxState, interaction: Interaction, data: JsonObject): JsonObject {
  const { person, channel } = interaction;
  const guild = interaction.guild === null ? undefined : state.guilds.find(interaction.guild);
  return {
    id: interaction.id,
    application_id: applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel,
    ...(guild === undefined ? directPlace(state, channel, person) : guildPlace(state, guild, channel, person)),
    ...(interaction.source === null
      ? {}
      : { message: readableByBot(state.findMessage(channel, interaction.source.id) ?? interaction.source, state) }),
    locale: person.locale,
    authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: interaction.guild ?? '0' },
    entitlements: [],
    attachment_size_limit: attachmentSizeLimit,
  };
}

function directPlace(state: SandboxState, channel: Snowflake, person: Person): JsonObject {
  const direct = state.directChannel(channel);
  return {
    user: userObject(person),
    channel: direct === undefined ? undefined : directChannelObject(direct, state),
    app_permissions: String(directAppPermissions),
    context: InteractionContextType.BotDM,
  };
}

function guildPlace(state: SandboxState, guild: Guild, channel: Snowflake, person: Person): JsonObject {
  const permissions = String(permissionsOf(state, channel, person.id));
  return {
    guild: { id: guild.id, locale: guild.locale, features: guild.features },
    guild_id: guild.id,
    guild_locale: guild.locale,
    channel: { ...channelObject(channel, state), permissions },
    member: { ...memberFieldsOf(guild, person.id), user: userObject(person), permissions },
    app_permissions: String(permissionsOf(state, channel, bot.id)),
    context: InteractionContextType.Guild,
  };
}

/** What ids in options, selects and targets stand for, with the rights there of the person who asks and of the bot. */
export function resolvedData(
  state: SandboxState,
  mentioned: readonly Mentioned[],
  asked: { person: Person; channel: Snowflake },
): JsonObject {
  const guild = state.guilds.ofChannel(asked.channel);
  const users: Record<string, unknown> = {};
  const members: Record<string, unknown> = {};
  const channels: Record<string, unknown> = {};
  const roles: Record<string, unknown> = {};
  const messages: Record<string, unknown> = {};
  const attachments: Record<string, unknown> = {};
  for (const one of mentioned) {
    const { id } = one;
    switch (one.kind) {
      case 'user': {
        const person = state.people.byId(id);
        const fields = guild === undefined ? undefined : memberFieldsOf(guild, id);
        if (person !== undefined) users[id] = userObject(person);
        if (fields === undefined) break;
        const { mute: _mute, deaf: _deaf, ...partial } = fields;
        members[id] = { ...partial, permissions: String(permissionsOf(state, asked.channel, id)) };
        break;
      }
      case 'channel':
        channels[id] = {
          ...partialChannel(channelObject(id, state) ?? {}),
          permissions: String(permissionsOf(state, id, asked.person.id)),
          app_permissions: String(permissionsOf(state, id, bot.id)),
        };
        break;
      case 'role': {
        const role = guild?.roles.find((known) => known.id === id);
        if (role !== undefined) roles[id] = roleObject(role);
        break;
      }
      case 'message':
        messages[id] = one.message;
        break;
      default:
        attachments[id] = one.attachment;
    }
  }
  const filled = Object.entries({ users, members, channels, roles, messages, attachments }).filter(
    ([, map]) => Object.keys(map).length > 0,
  );
  return filled.length === 0 ? {} : { resolved: Object.fromEntries(filled) };
}

function partialChannel(channel: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(channel).filter(([key]) => resolvedChannelKeys.has(key)));
}

/** What somebody may do in whatever has this id; nothing where there is no such place. */
function permissionsOf(state: SandboxState, channel: Snowflake, user: Snowflake): bigint {
  const place = placeById(state, channel);
  return place === undefined ? 0n : permissionsAt(place, user);
}
