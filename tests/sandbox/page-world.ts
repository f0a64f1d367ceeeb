import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { onTestFinished } from 'vitest';
import { discordTime } from '../../src/sandbox/message.ts';
import type { Message } from '../../src/sandbox/message.ts';
import type { Guild, GuildChannel, Thread } from '../../src/sandbox/guild.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { snowflakeAt } from '../../src/sandbox/snowflake.ts';
import type { SavedState } from '../../src/sandbox/state.ts';
import { emptyState, writeStateFile } from '../../src/sandbox/state-file.ts';
import { bot, firstPeople, readingGroup } from '../../src/sandbox/world.ts';
import { runSandbox } from './running-sandbox.ts';

const [ada, mika] = firstPeople;
if (ada === undefined || mika === undefined) throw new Error('the world has no people');
/** Somebody who was added later, and reads German. */
const zoe: Person = { id: '900', name: 'Zoé', role: 'member', locale: 'de', takesDirectMessages: true };

/** A day before the tests' own, so that ids of new things are younger. */
const startMs = Date.UTC(2026, 2, 1, 12);
/** The id of what was made so many minutes later. */
export const idAt = (minutes: number): string => snowflakeAt(startMs + minutes * 60_000);

function channel(change: Partial<GuildChannel> & Pick<GuildChannel, 'id' | 'name'>): GuildChannel {
  return {
    guild: readingGroup.id,
    type: ChannelType.GuildText,
    topic: null,
    position: 20,
    parent: null,
    overwrites: [],
    isNsfw: false,
    slowmodeS: 0,
    flags: 0,
    tags: [],
    ...change,
  };
}

function thread(change: Partial<Thread> & Pick<Thread, 'id' | 'name' | 'parent'>): Thread {
  return {
    guild: readingGroup.id,
    type: ChannelType.PublicThread,
    owner: ada?.id ?? '',
    createdMs: startMs,
    isArchived: false,
    archiveChangedMs: startMs,
    isLocked: false,
    isInvitable: true,
    autoArchive: 4320,
    slowmodeS: 0,
    flags: 0,
    tags: [],
    members: [],
    totalMessages: 0,
    ...change,
  };
}

/** What somebody said; its time is that of its id. */
export function saying(id: string, channelId: string, content: string, author: Person = bot): Message {
  return {
    id,
    channel_id: channelId,
    author: {
      id: author.id,
      username: author.name,
      discriminator: '0000',
      global_name: null,
      avatar: null,
      public_flags: 0,
      flags: 0,
      primary_guild: null,
      ...(author.role === 'bot' ? { bot: true } : {}),
    },
    content,
    timestamp: discordTime(startMs),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    type: 0,
    flags: 0,
  };
}

const denied = (...bits: bigint[]) => [
  {
    id: readingGroup.id,
    type: 0 as const,
    allow: '0',
    deny: String(bits.reduce((all, bit) => all | bit, 0n)),
  },
];

export const ids = {
  category: '1000',
  readOnly: '1001',
  secret: '1002',
  voice: '1003',
  rules: '1004',
  forum: '1325753908847116392',
  general: '1325752373408628798',
  news: '1325753652940701793',
  worthReading: '1325754164753530991',
  question: '1325754420659945590',
  talk: idAt(1),
  oldTalk: idAt(2),
  otherTalk: idAt(4),
  lockedTalk: idAt(3),
  firstPost: idAt(10),
  secondPost: idAt(11),
  lockedPost: idAt(12),
  oldPost: idAt(13),
  circle: '5000',
  circleChat: '5001',
  circleLinks: '50010',
  lonely: '6000',
};

/** The reading group with a category, a read-only, a private and a voice channel; with Zoé in it. */
function fullGroup(): Guild {
  const below = { parent: ids.category };
  return {
    ...readingGroup,
    channels: [
      ...readingGroup.channels.map((one) => (one.id === ids.forum ? { ...one, flags: 16 } : one)),
      channel({ id: ids.category, name: 'Organisation', type: ChannelType.GuildCategory }),
      channel({ id: ids.readOnly, name: 'notices', overwrites: denied(Permission.SendMessages), ...below }),
      channel({ id: ids.secret, name: 'board', overwrites: denied(Permission.ViewChannel), ...below }),
      channel({ id: ids.voice, name: 'Lounge', type: ChannelType.GuildVoice, ...below }),
    ],
    members: [...readingGroup.members, { user: zoe.id, roles: [], joinedMs: startMs, nick: null }],
  };
}

/** Open, archived and locked ones, and the posts of the forum. */
function groupThreads(): Thread[] {
  return [
    thread({ id: ids.talk, name: 'Is LRU enough?', parent: ids.general, members: [ada?.id ?? ''] }),
    thread({ id: ids.otherTalk, name: 'Not for everybody', parent: ids.general }),
    thread({ id: ids.oldTalk, name: 'Last term', parent: ids.general, isArchived: true }),
    thread({ id: ids.lockedTalk, name: 'Closed debate', parent: ids.general, isArchived: true, isLocked: true }),
    thread({
      id: ids.firstPost,
      name: 'Attention sinks',
      parent: ids.forum,
      owner: bot.id,
      tags: [ids.worthReading],
      totalMessages: 1,
    }),
    thread({
      id: ids.secondPost,
      name: 'Paged attention',
      parent: ids.forum,
      owner: mika?.id ?? '',
      tags: [ids.question],
    }),
    thread({ id: ids.lockedPost, name: 'Rules of the forum', parent: ids.forum, isLocked: true, flags: 2 }),
    thread({ id: ids.oldPost, name: 'Raft, again', parent: ids.forum, isArchived: true }),
  ];
}

/** A second server, with the bot, and a third one without it; both of Ada's and Zoé's. */
function otherGuilds(): Guild[] {
  return [
    { name: 'Systems Circle', id: ids.circle, hasBot: true, channelId: ids.circleChat },
    { name: 'Quiet Place', id: ids.lonely, hasBot: false, channelId: '6001' },
  ].map(({ name, id, hasBot, channelId }) => ({
    id,
    name,
    owner: ada?.id ?? '',
    locale: 'en-US',
    features: [],
    roles: readingGroup.roles
      .filter((role) => hasBot || role.managedFor === null)
      .map((role, at) => (at === 0 ? { ...role, id } : { ...role, id: `${id}${String(at)}` })),
    channels: [
      channel({ id: channelId, name: 'chat', guild: id, position: 0 }),
      channel({ id: `${channelId}0`, name: 'links', guild: id, position: 1 }),
    ],
    members: [ada?.id ?? '', zoe.id, ...(hasBot ? [bot.id] : [])].map((user) => ({
      user,
      roles: [],
      joinedMs: startMs,
      nick: null,
    })),
  }));
}

/** A sandbox whose world has something of everything; `messages` besides the first ones of the posts. */
export async function runFullWorld(messages: readonly Message[] = [], change: Partial<SavedState> = {}) {
  const said = [
    saying(ids.firstPost, ids.firstPost, 'Streaming language models keep the first tokens.'),
    saying(idAt(20), ids.firstPost, 'I tried it.', mika),
    saying(ids.secondPost, ids.secondPost, 'Why pages of **sixteen**?', mika),
    saying(ids.lockedPost, ids.lockedPost, 'Be kind.', ada),
    saying(ids.oldPost, ids.oldPost, 'Once more from the start.', ada),
    saying(idAt(21), ids.talk, 'It was, once.', mika),
    saying(idAt(22), ids.lockedTalk, 'Enough.', ada),
    ...messages,
  ];
  const saved: SavedState = {
    ...emptyState,
    messages: Object.fromEntries(Map.groupBy(said, ({ channel_id: id }) => id)),
    guilds: [fullGroup(), ...otherGuilds()],
    threads: groupThreads(),
    people: [zoe],
    ...change,
  };
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-world-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const stateFile = join(folder, 'state.json');
  writeStateFile(stateFile, saved);
  return runSandbox({ stateFile });
}
