import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, text } from './form-errors.ts';
import type { GuildChannelType } from './guild.ts';
import { maxOverwrites, maxSlowmodeS, maxTags } from './limits.ts';
import { isSnowflake } from './snowflake.ts';

/** An id in a body, as text or as a number. */
export const snowflake = digits((value) => `Value ${value} is not snowflake.`);

/** Seconds between two messages of one person. */
export const slowmode = z.int().min(0).max(maxSlowmodeS);

/** Minutes. */
export const autoArchive = z.literal([60, 1_440, 4_320, 10_080]);

/** Permissions in a body, as text or as a number. */
const bits = digits(() => 'Value is not int.');

const overwriteType = z.literal([0, 1]);

/** The body of PUT /channels/:id/permissions/:overwrite. */
export const overwriteSchema = z.object({
  type: overwriteType.nullish(),
  allow: bits.nullish(),
  deny: bits.nullish(),
});

const overwrites = z.array(overwriteSchema.extend({ id: snowflake })).max(maxOverwrites);

// The documents say 20 characters, the specification 50, both from 0: what fits here fits both.
const tag = z.object({
  id: snowflake.nullish(),
  name: text(1, 20),
  moderated: z.boolean().nullish(),
  emoji_id: snowflake.nullish(),
  emoji_name: text(0, 100).nullish(),
});

const settings = {
  position: z.int().min(0).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: slowmode.nullish(),
  parent_id: snowflake.nullish(),
  permission_overwrites: overwrites.nullish(),
  available_tags: z.array(tag).max(maxTags).nullish(),
  flags: z.int().min(0).nullish(),
  // Checked, but nothing of the sandbox depends on them: they stay as they are.
  bitrate: z.int().min(8_000).nullish(),
  user_limit: z.int().min(0).max(99).nullish(),
  default_auto_archive_duration: autoArchive.nullish(),
  default_thread_rate_limit_per_user: slowmode.nullish(),
  default_sort_order: z.literal([0, 1]).nullish(),
  default_forum_layout: z.literal([0, 1, 2]).nullish(),
};

const type = z.literal([
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);

/** The body of PATCH /channels/:id for a channel of `current` type. Source: resources/channel, Modify Channel. */
export function changeChannelSchema(current: GuildChannelType) {
  return z.object({ ...settings, name: text(1, 100).optional(), type: type.nullish(), topic: topicOf(current) });
}

/** The body of POST /guilds/:id/channels. Source: resources/guild, Create Guild Channel. */
export const newChannelSchema = z
  .object({ ...settings, name: text(1, 100), type: type.nullish(), topic: topicOf(ChannelType.GuildForum) })
  .superRefine((form, context) => {
    const parsed = topicOf(form.type ?? ChannelType.GuildText).safeParse(form.topic);
    for (const { message } of parsed.error?.issues ?? []) {
      context.addIssue(fault('BASE_TYPE_MAX_LENGTH', message, ['topic']));
    }
  });

/** The body of PATCH /guilds/:id/channels. */
export const positionsSchema = z.array(
  z.object({
    id: snowflake,
    position: z.int().min(0).nullish(),
    parent_id: snowflake.nullish(),
    lock_permissions: z.boolean().nullish(),
  }),
);

export type OverwriteForm = z.infer<typeof overwrites>[number];
export type TagForm = z.infer<typeof tag>;

function topicOf(of: GuildChannelType) {
  const holdsPosts = of === ChannelType.GuildForum || of === ChannelType.GuildMedia;
  return text(0, holdsPosts ? 4_096 : 1_024).nullish();
}

function digits(complaint: (value: string) => string) {
  return z.unknown().transform((value, context): string => {
    const written = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof written === 'string' && isSnowflake(written)) return written;
    context.addIssue(
      value === undefined
        ? fault('BASE_TYPE_REQUIRED', 'This field is required')
        : fault('NUMBER_TYPE_COERCE', complaint(JSON.stringify(value))),
    );
    return z.NEVER;
  });
}
