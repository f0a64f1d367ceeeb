import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { text } from './form-errors.ts';
import { maxAppliedTags } from './limits.ts';
import { autoArchive, slowmode, snowflake } from './validate-channel.ts';

const shared = {
  name: text(1, 100),
  auto_archive_duration: autoArchive.nullish(),
  rate_limit_per_user: slowmode.nullish(),
};
const appliedTags = z.array(snowflake).max(maxAppliedTags);

/** The body of POST /channels/:id/messages/:message/threads. */
export const threadFromMessageSchema = z.object(shared);

/** The body of POST /channels/:id/threads in a channel that holds messages. */
export const threadSchema = z.object({
  ...shared,
  type: z.literal([ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread]).nullish(),
  invitable: z.boolean().nullish(),
});

/** The body of POST /channels/:id/threads in a forum; the message is read by itself. */
export const postSchema = z.object({
  ...shared,
  applied_tags: appliedTags.nullish(),
  message: z.record(z.string(), z.unknown()),
});

/** The body of PATCH /channels/:id for a thread. */
export const changeThreadSchema = z.object({
  name: shared.name.nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  invitable: z.boolean().nullish(),
  auto_archive_duration: shared.auto_archive_duration,
  rate_limit_per_user: shared.rate_limit_per_user,
  flags: z.int().min(0).nullish(),
  applied_tags: appliedTags.nullish(),
});
