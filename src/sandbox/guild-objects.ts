import type { Guild, Role } from './guild.ts';
import { isMember } from './guild-store.ts';
import type { JsonObject } from './json.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import { applicationId, bot, ownerId } from './world.ts';

/** The servers that the bot is in. */
export function guildsOfBot(state: SandboxState): Guild[] {
  return state.guilds.list().filter((guild) => isMember(guild, bot.id));
}

/** A role as Discord writes it. */
export function roleObject(role: Role): JsonObject {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions,
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managedFor !== null,
    mentionable: role.isMentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.managedFor === null ? {} : { tags: { bot_id: role.managedFor } }),
  };
}

/** The server as `GET /guilds/:id` gives it. */
export function guildObject(guild: Guild): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: guild.features,
    banner: null,
    owner_id: guild.owner,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: guild.roles.map(roleObject),
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
    preferred_locale: guild.locale,
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
export function applicationObject(state: SandboxState): JsonObject {
  const owner = state.people.byId(ownerId) ?? bot;
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
    approximate_guild_count: guildsOfBot(state).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
