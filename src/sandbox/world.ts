import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { newChannel } from './guild.ts';
import type { Guild, GuildChannel, Role } from './guild.ts';
import type { Person } from './person.ts';
import { snowflakeAt } from './snowflake.ts';
import type { Snowflake } from './snowflake.ts';

/** The token that the sandbox takes; every other one is refused as Discord refuses it. */
export const botToken = 'sandbox.paperboy.this-token-works-only-here';

/** Ids are fixed, so that whoever wrote one down finds the same thing after a restart. */
export const applicationId = '1325750326157312006';

export const bot: Person = played('1325750582063726605', 'Paperboy', 'bot');
const ada = played('1325750837970141204', 'Ada', 'admin');
const mika = played('1325751093876555803', 'Mika', 'member');
const otto = played('1325751349782970402', 'Otto', 'outsider');

/** Everybody there is at first: the people in the order in which they are shown, then the bot. */
export const firstPeople: readonly Person[] = [ada, mika, otto, bot];

/** Whoever owns the application and every server. */
export const ownerId = ada.id;

/** The day on which the servers were made and everybody joined. */
const foundedMs = Date.UTC(2025, 0, 6, 9);

const everyonesPermissions =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.AddReactions |
  Permission.UseExternalEmojis |
  Permission.UseApplicationCommands |
  Permission.CreatePublicThreads |
  Permission.SendMessagesInThreads |
  Permission.ChangeNickname;

const readingGroupId = '1325751605689385001';
const organisersId = '1325751861595799600';
const paperboysId = '1325752117502214199';

/** The server that the page opens. */
export const readingGroup: Guild = {
  id: readingGroupId,
  name: 'Systems Reading Group',
  owner: ada.id,
  locale: 'en-US',
  features: ['COMMUNITY', 'NEWS'],
  roles: [
    everyone(readingGroupId),
    { ...newRole(organisersId, 'Organisers', 2), permissions: String(Permission.Administrator), color: 0xd98c3f },
    botRole(paperboysId),
  ],
  // In the order the page shows them; it opens the first.
  channels: [
    text('1325752629315043397', 'llm-serving', 'Serving large language models quickly and cheaply.'),
    text('1325752885221457996', 'federated-learning', 'Learning together while the data stays at home.'),
    text('1325753141127872595', 'distributed-systems', 'Consensus, storage and everything between machines.'),
    text('1325753397034287194', 'workflows', 'Scientific workflows and the systems that run them.'),
    text('1325752373408628798', 'general', 'Talk about anything that the group reads.'),
    {
      ...text('1325753652940701793', 'announcements', 'What the group tells the servers that follow it.'),
      type: ChannelType.GuildAnnouncement as const,
    },
    {
      ...text(
        '1325753908847116392',
        'paper-talk',
        'One post a paper. Say what you liked, and what you did not believe.',
      ),
      type: ChannelType.GuildForum as const,
      tags: [
        { id: '1325754164753530991', name: 'worth reading', moderated: false, emoji_name: '⭐' },
        { id: '1325754420659945590', name: 'question', moderated: false, emoji_name: '❓' },
        { id: '1325754676566360189', name: 'next session', moderated: true, emoji_name: '📅' },
      ],
    },
  ].map((channel, position) => ({ ...channel, guild: readingGroupId, position })),
  members: [{ ...member(ada), roles: [organisersId] }, member(mika), { ...member(bot), roles: [paperboysId] }],
};

/**
 * `count` small servers besides the reading group, for whoever wants to know how a bot bears many: each with two text channels and an
 * announcement channel, owned by Ada. Their ids are the same at each start, and spread evenly over any number of shards.
 */
export function syntheticGuilds(count: number): Guild[] {
  return Array.from({ length: count }, (_, at) => {
    // Milliseconds apart, so that what belongs to a server can take the ids after its own; a prime number of them, as a shard is told
    // by the remainder.
    const id = snowflakeAt(foundedMs + (at + 1) * 1_009);
    const own = (offset: number) => String(BigInt(id) + BigInt(offset));
    const number = String(at + 1).padStart(5, '0');
    return {
      id,
      name: `Reading Circle ${number}`,
      owner: ada.id,
      locale: 'en-US',
      features: ['NEWS'],
      roles: [everyone(id), botRole(own(1))],
      channels: [
        text(own(2), 'papers', 'New papers.'),
        text(own(3), 'chat', null),
        { ...text(own(4), 'news', null), type: ChannelType.GuildAnnouncement as const },
      ].map((channel, position) => ({ ...channel, guild: id, position })),
      members: [member(ada), { ...member(bot), roles: [own(1)] }],
    };
  });
}

/** A new server as its owner has it: without the bot, with one channel. `nextId` gives ids. */
export function newGuild(name: string, nextId: () => Snowflake): Guild {
  const id = nextId();
  return {
    id,
    name,
    owner: ownerId,
    locale: 'en-US',
    features: [],
    roles: [everyone(id)],
    channels: [{ ...text(nextId(), 'general', null), guild: id }],
    members: [member(ada)],
  };
}

/** The role that a bot brings along, with the rights that its invitation asks for. */
export function botRole(id: Snowflake): Role {
  return { ...newRole(id, bot.name, 1), managedFor: bot.id };
}

function everyone(guild: Snowflake): Role {
  return newRole(guild, '@everyone', 0);
}

function newRole(id: Snowflake, name: string, position: number): Role {
  const permissions = String(everyonesPermissions);
  return { id, name, permissions, position, color: 0, isMentionable: false, managedFor: null };
}

/** Its place and its server come with the list that it stands in. */
function text(id: Snowflake, name: string, topic: string | null): GuildChannel {
  return newChannel({ id, guild: '', type: ChannelType.GuildText, name, topic });
}

function member(person: Person) {
  return { user: person.id, roles: [], joinedMs: foundedMs, nick: null };
}

function played(id: Snowflake, name: string, role: Person['role']): Person {
  return { id, name, role, locale: 'en-US', takesDirectMessages: true };
}
