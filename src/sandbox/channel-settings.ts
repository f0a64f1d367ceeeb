import { ChannelFlags, ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { isForum } from './channel-objects.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named, words, yesOrNo } from './control-fields.ts';
import { findNamed } from './control-named.ts';
import type { ForumTag, Guild, GuildChannel, Overwrite } from './guild.ts';
import { maxOverwrites, maxSlowmodeS, maxTags } from './limits.ts';
import { permissionNames, permissionsSchema } from './permission-names.ts';
import { readEmoji } from './reactions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';

const slowmodeError = `must be seconds from 0 to ${String(maxSlowmodeS)}`;
export const slowmodeSchema = z
  .int({ error: slowmodeError })
  .min(0, { error: slowmodeError })
  .max(maxSlowmodeS, { error: slowmodeError });

const overwriteBody = fieldsOf({
  id: named,
  allow: permissionsSchema.default('0'),
  deny: permissionsSchema.default('0'),
});
const emojiError = 'must be an emoji of Unicode, such as ⭐';
const tagBody = fieldsOf({
  name: words(1, 20),
  moderated: yesOrNo.default(false),
  emoji: z
    .string({ error: emojiError })
    .refine((text) => readEmoji(text) !== undefined, { error: emojiError })
    .nullable()
    .default(null),
});

/** What can be said of a channel when it is made and later. */
export const settingsShape = {
  topic: words(0, 1024).nullable().optional(),
  parent: named.nullable().optional(),
  overwrites: z.array(overwriteBody, { error: 'must be a list of {id, allow?, deny?}' }).max(maxOverwrites).optional(),
  tags: z
    .array(tagBody, { error: 'must be a list of {name, moderated?, emoji?}' })
    .max(maxTags, { error: `must be ${String(maxTags)} tags at most` })
    .optional(),
  requireTag: yesOrNo.optional(),
  isAgeRestricted: yesOrNo.optional(),
  slowmode: slowmodeSchema.optional(),
};
const settings = z.object(settingsShape);

/**
 * `asked` in terms of the channel, ids in place of names.
 *
 * @throws ControlError 400 where the channel has no such thing, 404 where something named is not there
 */
export function channelSettings(
  asked: z.infer<typeof settings>,
  channel: GuildChannel,
  state: SandboxState,
): Partial<GuildChannel> {
  const { topic, parent, overwrites, tags, requireTag, isAgeRestricted, slowmode } = asked;
  const guild = state.guilds.find(channel.guild);
  if (guild === undefined) throw new Error(`sandbox: no guild ${channel.guild}`);
  const isCategory = channel.type === ChannelType.GuildCategory;
  const hasNoTopic = isCategory || channel.type === ChannelType.GuildVoice;
  const demand = (isThere: boolean, what: string) => {
    if (!isThere) throw new ControlError(400, `#${channel.name}: ${what}.`);
  };
  if (topic !== undefined) demand(!hasNoTopic, 'only text channels, announcement channels and forums have a topic');
  if (parent !== undefined) demand(!isCategory, 'a category stands in no category');
  if (slowmode !== undefined) demand(!isCategory, 'a category has no slowmode');
  if (tags !== undefined || requireTag !== undefined) demand(isForum(channel), 'only forums have tags');
  const required = channel.flags & ~ChannelFlags.RequireTag;
  return {
    ...(topic === undefined ? {} : { topic: topic === '' ? null : topic }),
    ...(parent === undefined ? {} : { parent: parent === null ? null : categoryNamed(parent, guild) }),
    ...(overwrites === undefined
      ? {}
      : { overwrites: distinct(overwrites.map((one) => overwriteOf(one, guild, state))) }),
    ...(tags === undefined ? {} : { tags: tags.map((tag) => tagOf(tag, channel.tags, state)) }),
    ...(requireTag === undefined ? {} : { flags: requireTag ? required | ChannelFlags.RequireTag : required }),
    ...(isAgeRestricted === undefined ? {} : { isNsfw: isAgeRestricted }),
    ...(slowmode === undefined ? {} : { slowmodeS: slowmode }),
  };
}

function categoryNamed(idOrName: string, guild: Guild): Snowflake {
  const categories = guild.channels.filter(({ type }) => type === ChannelType.GuildCategory);
  const found = findNamed(categories, idOrName);
  if (found === undefined) throw new ControlError(404, `There is no category “${idOrName}” in “${guild.name}”.`);
  return found.id;
}

/** A name that a role and a member share means the role, as with the bot and its own. */
function overwriteOf(asked: z.infer<typeof overwriteBody>, guild: Guild, state: SandboxState): Overwrite {
  const { allow, deny } = asked;
  const both = permissionNames(BigInt(allow) & BigInt(deny));
  if (both.length > 0) {
    throw new ControlError(400, `“${asked.id}” is both allowed and denied ${both.join(', ')}: choose one.`);
  }
  const role = findNamed(guild.roles, asked.id);
  const id = role?.id ?? state.people.find(asked.id)?.id;
  if (id === undefined) {
    throw new ControlError(404, `There is no role or user “${asked.id}” to have permissions in “${guild.name}”.`);
  }
  return { id, type: role === undefined ? 1 : 0, allow, deny };
}

/** @throws ControlError 400 where two are of the same role or member */
function distinct(overwrites: readonly Overwrite[]): readonly Overwrite[] {
  if (new Set(overwrites.map(({ id }) => id)).size === overwrites.length) return overwrites;
  throw new ControlError(400, 'overwrites: each role or member can stand there once.');
}

/** A tag keeps its id as long as it keeps its name, so that posts keep it too. */
function tagOf(asked: z.infer<typeof tagBody>, known: readonly ForumTag[], state: SandboxState): ForumTag {
  const { name, moderated, emoji } = asked;
  return { id: known.find((tag) => tag.name === name)?.id ?? state.nextId(), name, moderated, emoji_name: emoji };
}
