import type { JsonObject } from './json.ts';
import type { UserObject } from './message.ts';
import type { DirectChannel, SandboxState } from './state.ts';
import {
  applicationId,
  bot,
  findPerson,
  guildChannels,
  guildId,
  guildLocale,
  guildName,
  isInGuild,
  ownerId,
  people,
  roles,
  rolesOf,
} from './world.ts';
import type { GuildChannel, Person, Role } from './world.ts';

/** When everybody joined: the day the server was made. */
const joinedAt = '2025-01-06T09:00:00.000000+00:00';

/** People as Discord writes them: objects of users, members, roles, channels, the server and the application. */
export function userObject(person: Person): UserObject {
  return {
    id: person.id,
    username: person.role === 'bot' ? person.name : person.name.toLowerCase(),
    discriminator: person.role === 'bot' ? '0420' : '0',
    global_name: person.role === 'bot' ? null : person.name,
    avatar: null,
    ...(person.role === 'bot' ? { bot: true } : {}),
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

/** A member without its user, as it stands in interactions and messages. */
export function memberFields(person: Person): JsonObject {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: joinedAt,
    nick: null,
    pending: false,
    premium_since: null,
    roles: rolesOf(person).map((role) => role.id),
    mute: false,
    deaf: false,
  };
}

export function memberObject(person: Person): JsonObject {
  return { ...memberFields(person), user: userObject(person) };
}

/** Everybody in the server, the bot included. */
export function guildMembers(): Person[] {
  return [...people, bot].filter(isInGuild);
}

export function roleObject(role: Role): JsonObject {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managedFor !== null,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.managedFor === null ? {} : { tags: { bot_id: role.managedFor } }),
  };
}

export function guildChannelObject(channel: GuildChannel, state: SandboxState): JsonObject {
  return {
    id: channel.id,
    type: 0,
    guild_id: guildId,
    name: channel.name,
    topic: channel.topic,
    position: guildChannels.indexOf(channel),
    flags: 0,
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: state.visibleMessages(channel.id, null).at(-1)?.id ?? null,
    last_pin_timestamp: null,
    permission_overwrites: [],
  };
}

export function directChannelObject(channel: DirectChannel, state: SandboxState): JsonObject {
  const person = findPerson(channel.user);
  return {
    id: channel.id,
    type: 1,
    flags: 0,
    last_message_id: state.visibleMessages(channel.id, null).at(-1)?.id ?? null,
    recipients: person === undefined ? [] : [userObject(person)],
  };
}

/** The server as `GET /guilds/:id` gives it. */
export function guildObject(): JsonObject {
  return {
    id: guildId,
    name: guildName,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: roles.map(roleObject),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guildLocale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** The application as its own bot sees it. */
export function applicationObject(): JsonObject {
  const owner = findPerson(ownerId) ?? bot;
  return {
    id: applicationId,
    name: bot.name,
    icon: null,
    description: 'Papers from arXiv for this server.',
    type: null,
    bot: userObject(bot),
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { 0: {} },
    verify_key: '0'.repeat(64),
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userObject(owner),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
