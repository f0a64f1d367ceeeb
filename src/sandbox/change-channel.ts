import { ChannelFlags, ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { botPermissionsIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { channelName } from './channel-name.ts';
import { isForum } from './channel-objects.ts';
import { demandOverwrites, overwritesFrom } from './channel-overwrites.ts';
import { invalidForm, parseForm } from './form-errors.ts';
import { dropLostTags, tagsFrom } from './forum-tags.ts';
import type { Guild, GuildChannel, GuildChannelType } from './guild.ts';
import { has } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { changeChannelSchema } from './validate-channel.ts';

/** Channels of one category. Source: what Discord answers, CHANNEL_PARENT_MAX_CHANNELS. */
const maxInCategory = 50;

const convertible: ReadonlySet<GuildChannelType> = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);

/**
 * What PATCH /channels/:id does to a channel of a server. Source: resources/channel, Modify Channel.
 *
 * @throws ApiError 50035, 50013, 50024, and those of overwrites and tags
 */
export function changeChannel(
  state: SandboxState,
  place: Extract<ChannelAccess, { kind: 'channel' }>,
  body: unknown,
): void {
  const { channel, guild } = place;
  if (!has(botPermissionsIn(place), Permission.ManageChannels)) throw refuse(50013);
  const form = parseForm(changeChannelSchema(channel.type), body);
  const type = form.type ?? channel.type;
  if (type !== channel.type) demandConversion(guild, channel.type, type);
  if (form.parent_id) demandCategory(guild, channel, form.parent_id);
  const overwrites = form.permission_overwrites
    ? overwritesFrom(form.permission_overwrites, guild)
    : channel.overwrites;
  if (form.permission_overwrites) demandOverwrites(guild, channel, channel.overwrites, overwrites);
  const next = state.guilds.changeChannel(channel.id, {
    type,
    overwrites,
    name: form.name === undefined ? channel.name : channelName(form.name, type),
    topic: form.topic === undefined ? channel.topic : (form.topic ?? null),
    position: form.position ?? channel.position,
    parent: form.parent_id === undefined ? channel.parent : (form.parent_id ?? null),
    isNsfw: form.nsfw === undefined ? channel.isNsfw : (form.nsfw ?? false),
    slowmodeS: form.rate_limit_per_user === undefined ? channel.slowmodeS : (form.rate_limit_per_user ?? 0),
    flags: form.flags === undefined || !isForum(channel) ? channel.flags : forumFlags(form.flags),
    tags: form.available_tags && isForum(channel) ? tagsFrom(form.available_tags, channel.tags, state) : channel.tags,
  });
  dropLostTags(next, state);
}

/** Of the flags that a request may set, those that mean something in a forum. */
export function forumFlags(flags: number | null | undefined): number {
  return (flags ?? 0) & (ChannelFlags.RequireTag | ChannelFlags.HideMediaDownloadOptions);
}

/**
 * Checks that a channel may stand under the category `parent`.
 *
 * @throws ApiError 50035 where it is none, is full, or would hold another category
 */
export function demandCategory(guild: Guild, channel: Pick<GuildChannel, 'type'>, parent: Snowflake): void {
  const category = guild.channels.find(({ id }) => id === parent);
  if (category === undefined) throw badParent('CHANNEL_PARENT_INVALID', 'Category does not exist');
  if (category.type !== ChannelType.GuildCategory || channel.type === ChannelType.GuildCategory) {
    throw badParent('CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  }
  const inside = guild.channels.filter((one) => one.parent === parent && one !== channel);
  if (inside.length >= maxInCategory) {
    throw badParent(
      'CHANNEL_PARENT_MAX_CHANNELS',
      `Maximum number of channels in category reached (${String(maxInCategory)})`,
    );
  }
}

function badParent(code: string, message: string) {
  return invalidForm([{ path: ['parent_id'], code, message }]);
}

/** @throws ApiError 50024 for other than text and announcement channels, 50035 where the server has no news */
function demandConversion(guild: Guild, from: GuildChannelType, to: GuildChannelType): void {
  if (!convertible.has(from) || !convertible.has(to)) throw refuse(50024);
  if (guild.features.includes('NEWS')) return;
  throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of {0}.' }]);
}
