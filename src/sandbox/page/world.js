/**
 * The servers as one person sees them, and where in them one is.
 *
 * @typedef {{ id: string, name: string, moderated: boolean, emoji_name: string | null }} Tag
 * @typedef {import('./control.js').Channel & { parent_id: string | null, position: number, flags: number, nsfw?: boolean, last_message_id?: string | null,
 *   permissions?: string, permission_overwrites: { id: string, deny: string }[], available_tags?: Tag[] }} GuildChannel
 *   `permissions`: what the person may do there, Discord's bits as a decimal number
 * @typedef {{ id: string, name: string, type: number, parent_id: string, owner_id: string, flags: number, permissions?: string,
 *   members: string[], applied_tags: string[], total_message_sent: number, last_message_id: string | null,
 *   thread_metadata: { archived: boolean, locked: boolean, archive_timestamp: string } }} Thread
 * @typedef {{ id: string, name: string, color: number, position: number, hoist: boolean, managed: boolean }} Role
 * @typedef {{ user: string, roles: string[], nick: string | null }} Member
 * @typedef {{ id: string, name: string, owner: string, hasBot: boolean, channels: GuildChannel[], threads: Thread[], roles: Role[],
 *   members: Member[], permissions?: string }} Guild
 * @typedef {import('./control.js').User & { locale: string }} Person
 * @typedef {{ guilds: Guild[], moreGuilds: number, users: Person[], commands: import('./control.js').RegisteredCommand[],
 *   bot: { id: string, name: string, avatar: string }, isBotConnected: boolean }} World
 * @typedef {{ kind: 'channel', guild: Guild, channel: GuildChannel } | { kind: 'thread', guild: Guild, thread: Thread, parent: GuildChannel }
 *   | { kind: 'direct', guild: null }} Spot where one is
 */

export const channelTypes = /** @type {const} */ ({
  text: 0,
  voice: 2,
  category: 4,
  announcement: 5,
  forum: 15,
  media: 16,
});

/** Bits of the permissions that the page asks about. */
export const permissions = {
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  sendMessagesInThreads: 1n << 38n,
  pinMessages: 1n << 51n,
};

/** A post must bear a tag. */
const requiresTagFlag = 16;
const pinnedFlag = 2;

/** @param {World} world @param {readonly { id: string }[]} direct @param {string | null} id @returns {Spot | null} null for what the person cannot see */
export function spotOf(world, direct, id) {
  if (id === null) return null;
  if (direct.some((each) => each.id === id)) return { kind: 'direct', guild: null };
  for (const guild of world.guilds) {
    const channel = guild.channels.find((each) => each.id === id);
    if (channel && channel.type !== channelTypes.category) return { kind: 'channel', guild, channel };
    const thread = guild.threads.find((each) => each.id === id);
    const parent = guild.channels.find((each) => each.id === thread?.parent_id);
    if (thread && parent) return { kind: 'thread', guild, thread, parent };
  }
  return null;
}

/** What the person may do where they are. @param {Spot} spot @param {bigint} wanted */
export function can(spot, wanted) {
  const held = heldAt(spot);
  // In a private channel both sides may do what can be done there.
  return held === null || (BigInt(held) & wanted) === wanted;
}

/** The person's permissions as a decimal number; null in a private channel. @param {Spot} spot */
export function heldAt(spot) {
  if (spot.kind === 'direct') return null;
  return (spot.kind === 'thread' ? spot.thread.permissions : spot.channel.permissions) ?? '0';
}

/** @param {{ type: number }} channel whether it holds posts instead of messages */
export function isForum({ type }) {
  return type === channelTypes.forum || type === channelTypes.media;
}

/** @param {GuildChannel} forum */
export function requiresTag({ flags }) {
  return (flags & requiresTagFlag) !== 0;
}

/** A post that its forum shows first. @param {Thread} thread */
export function isPinned({ flags }) {
  return (flags & pinnedFlag) !== 0;
}

/** Not for everybody of the server. @param {Guild} guild @param {GuildChannel} channel */
export function isPrivate(guild, channel) {
  const denied = channel.permission_overwrites.find(({ id }) => id === guild.id)?.deny ?? '0';
  return (BigInt(denied) & permissions.viewChannel) !== 0n;
}

/**
 * The channels in their order: those outside any category, then each category with its own; text before voice, as in Discord.
 * @param {Guild} guild @returns {{ category: GuildChannel | null, channels: GuildChannel[] }[]}
 */
export function channelTree({ channels }) {
  const ordered = channels.toSorted(
    (a, b) => Number(a.type === channelTypes.voice) - Number(b.type === channelTypes.voice) || a.position - b.position,
  );
  const categories = ordered.filter(({ type }) => type === channelTypes.category);
  const known = new Set(categories.map(({ id }) => id));
  const plain = ordered.filter(({ type }) => type !== channelTypes.category);
  const free = plain.filter(({ parent_id: parent }) => parent === null || !known.has(parent));
  return [
    ...(free.length > 0 ? [{ category: null, channels: free }] : []),
    ...categories
      .map((category) => ({ category, channels: plain.filter(({ parent_id: parent }) => parent === category.id) }))
      // Discord hides a category in which somebody can see nothing.
      .filter(({ channels: below }) => below.length > 0),
  ];
}

/** The channel that a server opens with. @param {Guild} guild @returns {string | null} id */
export function firstChannel(guild) {
  const listed = channelTree(guild).flatMap(({ channels }) => channels);
  return (listed.find(({ type }) => type !== channelTypes.voice) ?? listed[0])?.id ?? null;
}

/** Threads that the person takes part in. @param {Guild} guild @param {string} user id */
export function joinedThreads({ threads }, user) {
  return threads.filter(({ members }) => members.includes(user));
}

/** @param {Guild} guild @param {string} user id @returns {readonly string[]} ids */
export function rolesOf({ members }, user) {
  return members.find((member) => member.user === user)?.roles ?? [];
}

/** Everybody who has a name, the bot included. @param {World} world */
export function everybody({ users, bot }) {
  return [...users, bot];
}

/** People of the server, in their order; in a private channel those two. @param {World} world @param {Guild | null} guild @param {string} user id */
export function peopleOf(world, guild, user) {
  const here = guild ? new Set(guild.members.map((member) => member.user)) : new Set([user, world.bot.id]);
  return everybody(world).filter(({ id }) => here.has(id));
}

/**
 * What the tile of a server says. Where others have the same letters, the number that its name ends with tells more.
 * @param {string} name @param {readonly string[]} names of all servers
 */
export function tileText(name, names) {
  const own = initials(name);
  const number = /(?<!\d)0*(\d{1,5})$/.exec(name)?.[1];
  const isAlone = names.every((other) => other === name || initials(other) !== own);
  return isAlone || number === undefined ? own : number;
}

/** “Systems Reading Group” is SRG. @param {string} name */
function initials(name) {
  return name
    .split(/\s+/)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .slice(0, 4);
}
