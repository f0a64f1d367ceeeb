import type { ChannelType, ThreadAutoArchiveDuration } from 'discord-api-types/v10';
import type { Snowflake } from './snowflake.ts';

/** Permission bits as Discord writes them: a decimal number. */
export type PermissionBits = string;

export type Role = {
  readonly id: Snowflake;
  readonly name: string;
  readonly permissions: PermissionBits;
  readonly position: number;
  /** 0xRRGGBB; 0 for none. */
  readonly color: number;
  readonly isMentionable: boolean;
  /** The bot whose own role it is; nobody can give or take that one. */
  readonly managedFor: Snowflake | null;
};

/** What a role or a member may and may not do in one channel, over what the server says. */
export type Overwrite = {
  /** Of the role (type 0) or the member (type 1). */
  readonly id: Snowflake;
  readonly type: 0 | 1;
  readonly allow: PermissionBits;
  readonly deny: PermissionBits;
};

/** A tag that posts of a forum can bear. */
export type ForumTag = {
  readonly id: Snowflake;
  readonly name: string;
  /** Only moderators may give or take it. */
  readonly moderated: boolean;
  readonly emoji_name: string | null;
};

export type GuildChannelType =
  | ChannelType.GuildText
  | ChannelType.GuildVoice
  | ChannelType.GuildCategory
  | ChannelType.GuildAnnouncement
  | ChannelType.GuildForum
  | ChannelType.GuildMedia;

export type GuildChannel = {
  readonly id: Snowflake;
  readonly guild: Snowflake;
  readonly type: GuildChannelType;
  readonly name: string;
  readonly topic: string | null;
  readonly position: number;
  /** The category that it stands under. */
  readonly parent: Snowflake | null;
  readonly overwrites: readonly Overwrite[];
  readonly isNsfw: boolean;
  readonly slowmodeS: number;
  /** Of a forum: 16 where a post must bear a tag. */
  readonly flags: number;
  readonly tags: readonly ForumTag[];
};

/** A channel with nothing of its own but what `asked` says. */
export function newChannel(
  asked: Pick<GuildChannel, 'id' | 'guild' | 'type' | 'name'> & Partial<GuildChannel>,
): GuildChannel {
  return {
    topic: null,
    position: 0,
    parent: null,
    overwrites: [],
    isNsfw: false,
    slowmodeS: 0,
    flags: 0,
    tags: [],
    ...asked,
  };
}

/** A thread below a channel, or a post of a forum. Threads have no overwrites: their parent's count. */
export type Thread = {
  readonly id: Snowflake;
  readonly guild: Snowflake;
  readonly parent: Snowflake;
  readonly type: ChannelType.PublicThread | ChannelType.PrivateThread | ChannelType.AnnouncementThread;
  readonly name: string;
  readonly owner: Snowflake;
  readonly createdMs: number;
  readonly isArchived: boolean;
  /** When it was last archived or brought back. */
  readonly archiveChangedMs: number;
  readonly isLocked: boolean;
  readonly isInvitable: boolean;
  /** Minutes without a message after which it leaves the list. */
  readonly autoArchive: ThreadAutoArchiveDuration;
  readonly slowmodeS: number;
  /** 2 where a forum shows it first. */
  readonly flags: number;
  /** Ids of tags of the forum that it stands in. */
  readonly tags: readonly Snowflake[];
  readonly members: readonly Snowflake[];
  /** Messages ever sent, the starter and deleted ones aside. */
  readonly totalMessages: number;
};

export type Member = {
  readonly user: Snowflake;
  /** Ids, without the role of everyone. */
  readonly roles: readonly Snowflake[];
  readonly joinedMs: number;
  readonly nick: string | null;
};

/** A server, whole but for its threads: small enough to be replaced with each change. */
export type Guild = {
  readonly id: Snowflake;
  readonly name: string;
  readonly owner: Snowflake;
  readonly locale: string;
  readonly features: readonly string[];
  /** The role of everyone first; it bears the id of the server. */
  readonly roles: readonly Role[];
  readonly channels: readonly GuildChannel[];
  readonly members: readonly Member[];
};

/** What may change of something that has an id and a place. */
export type Change<T> = Partial<Omit<T, 'id' | 'guild'>>;
