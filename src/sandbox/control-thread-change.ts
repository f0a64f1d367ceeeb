import { ChannelFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { isForum } from './channel-objects.ts';
import { slowmodeSchema } from './channel-settings.ts';
import { readBody } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { changesOf, named, words, yesOrNo } from './control-fields.ts';
import { tagNamed } from './control-named.ts';
import type { Thread } from './guild.ts';
import { maxAppliedTags } from './limits.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';

export const appliedTagsSchema = z
  .array(named, { error: 'must be a list of tags, by id or name' })
  .max(maxAppliedTags, { error: `must be ${String(maxAppliedTags)} tags at most` });

const body = changesOf({
  name: words(1, 100).optional(),
  archived: yesOrNo.optional(),
  locked: yesOrNo.optional(),
  appliedTags: appliedTagsSchema.optional(),
  slowmode: slowmodeSchema.optional(),
});

/**
 * Changes a thread as an operator's hand does: archives it, locks it, names it, gives it tags.
 *
 * @throws ControlError 400, 404
 */
export function controlThreadChange(thread: Thread, asked: unknown, state: SandboxState): void {
  const { name, archived, locked, appliedTags, slowmode } = readBody(body, asked);
  const tags = appliedTags === undefined ? undefined : tagsNamed(appliedTags, thread, state);
  const isTurned = archived !== undefined && archived !== thread.isArchived;
  state.guilds.changeThread(thread.id, {
    ...(name === undefined ? {} : { name }),
    ...(isTurned ? { isArchived: archived, archiveChangedMs: state.now() } : {}),
    ...(locked === undefined ? {} : { isLocked: locked }),
    ...(tags === undefined ? {} : { tags }),
    ...(slowmode === undefined ? {} : { slowmodeS: slowmode }),
  });
}

function tagsNamed(asked: readonly string[], thread: Thread, state: SandboxState): Snowflake[] {
  const forum = state.guilds.channel(thread.parent);
  if (forum === undefined || !isForum(forum)) {
    throw new ControlError(400, `#${thread.name} is no post of a forum, so it bears no tags.`);
  }
  if (asked.length === 0 && (forum.flags & ChannelFlags.RequireTag) !== 0) {
    throw new ControlError(400, `Each post of #${forum.name} must bear a tag.`);
  }
  return [...new Set(asked.map((tag) => tagNamed(tag, forum).id))];
}
