import type { Change, Guild, GuildChannel, Member, Role, Thread } from './guild.ts';
import type { Snowflake } from './snowflake.ts';
import { changedGuildRows } from './state-rows.ts';
import type { Keep } from './state-rows.ts';
import { createThreadStore } from './thread-store.ts';

/** What became of something. */
export type ChangeKind = 'create' | 'update' | 'delete';

export type GuildEvent =
  | {
      readonly type: 'guild';
      readonly change: ChangeKind;
      readonly guild: Guild;
      /** Threads that went with a server that was removed. */
      readonly threads?: readonly Thread[];
    }
  | {
      readonly type: 'channel';
      readonly change: ChangeKind;
      readonly channel: GuildChannel;
      /** Threads that went with a channel that was removed. */
      readonly threads?: readonly Thread[];
    }
  | { readonly type: 'thread'; readonly change: ChangeKind; readonly thread: Thread }
  /** Somebody was brought to a thread that was there before. */
  | { readonly type: 'thread_access'; readonly thread: Thread; readonly user: Snowflake }
  /** Who came to a thread or left it. */
  | {
      readonly type: 'thread_members';
      readonly thread: Thread;
      readonly added: readonly Snowflake[];
      readonly removed: readonly Snowflake[];
    }
  | { readonly type: 'role'; readonly change: ChangeKind; readonly guild: Snowflake; readonly role: Role }
  /** Where the member is the bot, it came to the server or was thrown out of it. */
  | { readonly type: 'member'; readonly change: ChangeKind; readonly guild: Guild; readonly member: Member }
  /** The gateway lost the server, or has it back. */
  | { readonly type: 'outage'; readonly guild: Guild; readonly isUnavailable: boolean };

/**
 * The servers with their channels, threads, roles and members. Nothing is checked here: who may do what is a matter of REST and of the
 * control API. What is changed must be there.
 *
 * @param initial.founded as every start makes them, in their order
 * @param initial.saved as an earlier run left them: they take the place of founded ones with their ids
 * @param deps.keep hears of all that is not as every start makes it
 */
export function createGuildStore(
  initial: {
    readonly founded: readonly Guild[];
    readonly saved: readonly Guild[];
    readonly threads: readonly Thread[];
  },
  deps: { tell: (event: GuildEvent) => void; keep: Keep },
) {
  const { tell, keep } = deps;
  const guilds = new Map<Snowflake, Guild>();
  /** Channels → their server. */
  const places = new Map<Snowflake, Snowflake>();
  const saved = new Map(initial.saved.map((guild) => [guild.id, guild]));
  /** Those that are not as every start makes them. */
  const touched = new Set(saved.keys());
  /** Not kept over a restart: an outage is the gateway's, and a new gateway has none. */
  const unavailable = new Set<Snowflake>();

  const learn = (guild: Guild) => {
    guilds.set(guild.id, guild);
    for (const { id } of guild.channels) places.set(id, guild.id);
  };
  for (const guild of initial.founded) learn(saved.get(guild.id) ?? guild);
  for (const guild of initial.saved) learn(guild);
  const threads = createThreadStore(
    initial.threads.filter(({ guild }) => guilds.has(guild)),
    keep,
  );

  const mustFind = (id: Snowflake): Guild => {
    const guild = guilds.get(id);
    if (guild === undefined) throw new Error(`sandbox: no guild ${id}`);
    return guild;
  };
  const replace = (guild: Guild): Guild => {
    const before = touched.has(guild.id) ? guilds.get(guild.id) : undefined;
    touched.add(guild.id);
    guilds.set(guild.id, guild);
    for (const row of changedGuildRows(before, guild)) keep(row);
    return guild;
  };
  const ofChannel = (id: Snowflake): Guild | undefined => guilds.get(threads.find(id)?.guild ?? places.get(id) ?? '');
  const channel = (id: Snowflake) => ofChannel(id)?.channels.find((one) => one.id === id);

  const removeThread = (id: Snowflake) => {
    const gone = threads.find(id);
    if (gone === undefined) return;
    threads.remove(gone);
    tell({ type: 'thread', change: 'delete', thread: gone });
  };

  return {
    list: (): readonly Guild[] => [...guilds.values()],
    find: (id: Snowflake): Guild | undefined => guilds.get(id),
    /** The server that a channel or thread is in. */
    ofChannel,
    channel,
    thread: threads.find,
    /** All threads of a server, in the order in which they were made. */
    threadsOf: threads.ofGuild,
    /** All threads of a channel, in the order in which they were made. */
    threadsBelow: threads.below,
    /** The threads of a server that are not archived. Cost: their number. */
    activeThreadsOf: threads.activeOf,
    addGuild(guild: Guild): void {
      learn(guild);
      replace(guild);
      tell({ type: 'guild', change: 'create', guild });
    },
    changeGuild(id: Snowflake, change: Pick<Partial<Guild>, 'name' | 'locale' | 'features'>): void {
      tell({ type: 'guild', change: 'update', guild: replace({ ...mustFind(id), ...change }) });
    },
    removeGuild(id: Snowflake): void {
      const guild = mustFind(id);
      const gone = threads.ofGuild(id);
      for (const thread of gone) threads.remove(thread);
      for (const place of guild.channels) places.delete(place.id);
      if (touched.delete(id)) for (const row of changedGuildRows(guild, undefined)) keep(row);
      guilds.delete(id);
      unavailable.delete(id);
      tell({ type: 'guild', change: 'delete', guild, threads: gone });
    },
    isUnavailable: (id: Snowflake): boolean => unavailable.has(id),
    /** Begins or ends an outage; nothing happens where it is so already. */
    setOutage(id: Snowflake, isUnavailable: boolean): void {
      const guild = mustFind(id);
      if (unavailable.has(id) === isUnavailable) return;
      if (isUnavailable) unavailable.add(id);
      else unavailable.delete(id);
      tell({ type: 'outage', guild, isUnavailable });
    },
    addChannel(added: GuildChannel): void {
      const guild = mustFind(added.guild);
      replace({ ...guild, channels: [...guild.channels, added] });
      places.set(added.id, guild.id);
      tell({ type: 'channel', change: 'create', channel: added });
    },
    changeChannel(id: Snowflake, change: Change<GuildChannel>): GuildChannel {
      const known = channel(id);
      if (known === undefined) throw new Error(`sandbox: no channel ${id}`);
      const next = { ...known, ...change };
      const guild = mustFind(known.guild);
      replace({ ...guild, channels: guild.channels.map((one) => (one.id === id ? next : one)) });
      tell({ type: 'channel', change: 'update', channel: next });
      return next;
    },
    /** With its threads, of which Discord does not tell one by one. Channels of a category stay, outside of it. */
    removeChannel(id: Snowflake): void {
      const gone = channel(id);
      if (gone === undefined) return;
      const guild = mustFind(gone.guild);
      const below = threads.below(id);
      const orphans = guild.channels.filter((one) => one.parent === id).map((one) => ({ ...one, parent: null }));
      for (const thread of below) threads.remove(thread);
      replace({
        ...guild,
        channels: guild.channels
          .filter((one) => one.id !== id)
          .map((one) => orphans.find((orphan) => orphan.id === one.id) ?? one),
      });
      places.delete(id);
      for (const orphan of orphans) tell({ type: 'channel', change: 'update', channel: orphan });
      tell({ type: 'channel', change: 'delete', channel: gone, threads: below });
    },
    addThread(added: Thread): void {
      // A server with a thread is no longer as every start makes it.
      replace(mustFind(added.guild));
      threads.put(added);
      tell({ type: 'thread', change: 'create', thread: added });
      if (added.members.length > 0) {
        tell({ type: 'thread_members', thread: added, added: added.members, removed: [] });
      }
    },
    changeThread(id: Snowflake, change: Change<Thread>): Thread {
      const known = threads.find(id);
      if (known === undefined) throw new Error(`sandbox: no thread ${id}`);
      const next = { ...known, ...change };
      threads.put(next);
      tell({ type: 'thread', change: 'update', thread: next });
      return next;
    },
    /** Counts a message of a thread; nobody is told, as Discord tells nobody. */
    countMessage(id: Snowflake): void {
      const known = threads.find(id);
      if (known !== undefined) threads.put({ ...known, totalMessages: known.totalMessages + 1 });
    },
    joinThread(id: Snowflake, user: Snowflake): void {
      const known = threads.find(id);
      if (known === undefined || known.members.includes(user)) return;
      const next = { ...known, members: [...known.members, user] };
      threads.put(next);
      tell({ type: 'thread_access', thread: next, user });
      tell({ type: 'thread_members', thread: next, added: [user], removed: [] });
    },
    leaveThread(id: Snowflake, user: Snowflake): void {
      const known = threads.find(id);
      if (known === undefined || !known.members.includes(user)) return;
      const next = { ...known, members: known.members.filter((one) => one !== user) };
      threads.put(next);
      tell({ type: 'thread_members', thread: next, added: [], removed: [user] });
    },
    removeThread,
    addRole(guildId: Snowflake, role: Role): void {
      const guild = mustFind(guildId);
      replace({ ...guild, roles: [...guild.roles, role] });
      tell({ type: 'role', change: 'create', guild: guildId, role });
    },
    changeRole(guildId: Snowflake, role: Role): void {
      const guild = mustFind(guildId);
      replace({ ...guild, roles: guild.roles.map((one) => (one.id === role.id ? role : one)) });
      tell({ type: 'role', change: 'update', guild: guildId, role });
    },
    /** Also from whoever bore it and from the overwrites of channels. */
    removeRole(guildId: Snowflake, role: Role): void {
      const guild = mustFind(guildId);
      replace({
        ...guild,
        roles: guild.roles.filter((one) => one.id !== role.id),
        members: guild.members.map((one) =>
          one.roles.includes(role.id) ? { ...one, roles: one.roles.filter((id) => id !== role.id) } : one,
        ),
        channels: guild.channels.map((one) =>
          one.overwrites.some(({ id }) => id === role.id)
            ? { ...one, overwrites: one.overwrites.filter(({ id }) => id !== role.id) }
            : one,
        ),
      });
      tell({ type: 'role', change: 'delete', guild: guildId, role });
    },
    addMember(guildId: Snowflake, member: Member): void {
      const guild = mustFind(guildId);
      const next = replace({ ...guild, members: [...guild.members, member] });
      tell({ type: 'member', change: 'create', guild: next, member });
    },
    changeMember(guildId: Snowflake, member: Member): void {
      const guild = mustFind(guildId);
      const next = replace({
        ...guild,
        members: guild.members.map((one) => (one.user === member.user ? member : one)),
      });
      tell({ type: 'member', change: 'update', guild: next, member });
    },
    /** Also from every thread. */
    removeMember(guildId: Snowflake, user: Snowflake): void {
      const guild = mustFind(guildId);
      const member = guild.members.find((one) => one.user === user);
      if (member === undefined) return;
      const next = replace({
        ...guild,
        members: guild.members.filter((one) => one.user !== user),
      });
      for (const thread of threads.ofGuild(guildId)) {
        if (thread.members.includes(user)) {
          threads.put({ ...thread, members: thread.members.filter((id) => id !== user) });
        }
      }
      tell({ type: 'member', change: 'delete', guild: next, member });
    },
  };
}

/** Whether `user` is in the server. */
export function isMember(guild: Guild, user: Snowflake): boolean {
  return guild.members.some((member) => member.user === user);
}
