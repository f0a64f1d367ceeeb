import { ChannelFlags } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import type { ForumTag, GuildChannel } from './guild.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import type { TagForm } from './validate-channel.ts';

/**
 * Checks the tags that a post of `forum` is to bear.
 *
 * @param before those that it bears
 * @throws ApiError 10087 for a tag that the forum has not, 50013 where only a moderator may give or take one, 40067 where there must be
 * one, 40066 where there must be one and all of them are the moderators'
 */
export function demandTags(
  forum: GuildChannel,
  tags: readonly Snowflake[],
  rules: { readonly isModerator: boolean; readonly before?: readonly Snowflake[] },
): void {
  if (tags.some((id) => !forum.tags.some((tag) => tag.id === id))) throw refuse(10087);
  const before = rules.before ?? [];
  const touched = forum.tags.filter(({ id }) => tags.includes(id) !== before.includes(id));
  if (!rules.isModerator && touched.some((tag) => tag.moderated)) throw refuse(50013);
  if (tags.length > 0 || (forum.flags & ChannelFlags.RequireTag) === 0) return;
  throw refuse(!rules.isModerator && forum.tags.every((tag) => tag.moderated) ? 40066 : 40067);
}

/**
 * The tags of a forum as a request writes them; those that it has already keep their ids.
 *
 * @throws ApiError 40061 where two have one name, 10014 for an emoji of a server, of which there are none here
 */
export function tagsFrom(forms: readonly TagForm[], known: readonly ForumTag[], state: SandboxState): ForumTag[] {
  const names = new Set(forms.map(({ name }) => name.toLowerCase()));
  if (names.size < forms.length) throw refuse(40061);
  if (forms.some((form) => form.emoji_id !== undefined && form.emoji_id !== null && form.emoji_id !== '0')) {
    throw refuse(10014);
  }
  return forms.map((form) => ({
    id: known.find((tag) => tag.id === form.id)?.id ?? state.nextId(),
    name: form.name,
    moderated: form.moderated ?? false,
    emoji_name: form.emoji_name ?? null,
  }));
}

/** Takes from the posts of a forum the tags that it has no more. */
export function dropLostTags(forum: GuildChannel, state: SandboxState): void {
  const left = new Set(forum.tags.map(({ id }) => id));
  for (const { id, tags } of state.guilds.threadsBelow(forum.id)) {
    if (tags.every((tag) => left.has(tag))) continue;
    state.guilds.changeThread(id, { tags: tags.filter((tag) => left.has(tag)) });
  }
}
