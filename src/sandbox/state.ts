import { createCommandPermissions } from './command-permissions.ts';
import type { CommandPermissions } from './command-permissions.ts';
import type { Guild, Thread } from './guild.ts';
import { createGuildStore } from './guild-store.ts';
import type { GuildEvent } from './guild-store.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { createMessageStore } from './message-store.ts';
import type { MessageEvent } from './message-store.ts';
import { createPeople } from './person.ts';
import type { Person } from './person.ts';
import { createPins } from './pins.ts';
import type { SavedPins } from './pins.ts';
import { createReactions, reactionObjects } from './reactions.ts';
import type { Emoji, SavedReactions } from './reactions.ts';
import { compareSnowflakes, createSnowflakes } from './snowflake.ts';
import type { Snowflake } from './snowflake.ts';
import { commandsRow, scopeOfCommand } from './state-rows.ts';
import type { Keep } from './state-rows.ts';
import { bot, firstPeople } from './world.ts';

/** A private channel between the bot and one person. */
export type DirectChannel = { readonly id: Snowflake; readonly user: Snowflake };

/** A registered application command, as Discord answers it; with `guild_id` where it belongs to a server. */
export type Command = JsonObject & { readonly id: Snowflake; readonly name: string; readonly type: number };

/** What survives a restart. Messages oldest first; what only one person may see is not among them. */
export type SavedState = {
  readonly messages: Readonly<Record<Snowflake, readonly Message[]>>;
  readonly directChannels: readonly DirectChannel[];
  readonly commands: readonly Command[];
  readonly commandPermissions: readonly CommandPermissions[];
  /** Servers and people that are not as every start makes them. */
  readonly guilds: readonly Guild[];
  readonly removedGuilds: readonly Snowflake[];
  readonly threads: readonly Thread[];
  readonly people: readonly Person[];
  readonly reactions: SavedReactions;
  readonly pins: SavedPins;
};

/** Something that happened. */
export type SandboxEvent =
  | MessageEvent
  | GuildEvent
  | { readonly type: 'commands' }
  | { readonly type: 'command_permissions'; readonly permissions: CommandPermissions }
  | { readonly type: 'person'; readonly person: Person }
  | { readonly type: 'dm'; readonly channel: DirectChannel }
  | { readonly type: 'typing'; readonly channel: Snowflake; readonly user: Snowflake }
  | { readonly type: 'pins'; readonly channel: Snowflake }
  /** `message` as it is now; without `emoji` all reactions went, without `user` all with this emoji. */
  | {
      readonly type: 'reaction';
      readonly change: 'create' | 'delete';
      readonly message: Message;
      readonly emoji: Emoji | null;
      readonly user: Snowflake | null;
    };

export type SandboxState = ReturnType<typeof createState>;

/**
 * All that the sandbox knows and that changes: servers, people, messages, private channels, commands. Listeners hear of each change.
 *
 * @param deps.founded the servers of a first start; what was saved takes the place of theirs
 * @param deps.keep hears of each thing that is to survive a restart, as it changes
 */
export function createState(saved: SavedState, deps: { now: () => number; founded: readonly Guild[]; keep?: Keep }) {
  const keep: Keep = deps.keep ?? (() => {});
  const listeners = new Set<(event: SandboxEvent) => void>();
  const tell = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  const directChannels = new Map(saved.directChannels.map((channel) => [channel.id, channel]));
  /** By their server, undefined for those of none. */
  const commands = new Map<Snowflake | undefined, readonly Command[]>(Map.groupBy(saved.commands, scopeOfCommand));
  let allCommands: readonly Command[] | null = null;
  const removedGuilds = new Set(saved.removedGuilds);
  const nextId = createSnowflakes(deps.now, youngestId(saved));

  const reactions = createReactions(saved.reactions, keep);
  const pins = createPins(saved.pins, keep);
  const forgetMarks = (channel: Snowflake, ids: readonly Snowflake[]) => {
    for (const id of ids) {
      reactions.clear(id);
      pins.remove(channel, id);
    }
  };
  const messages = createMessageStore(saved.messages, {
    tell(event) {
      if (event.type === 'message_delete') forgetMarks(event.channel, [event.id]);
      if (event.type === 'messages_delete') forgetMarks(event.channel, event.ids);
      tell(event);
    },
    dropped: forgetMarks,
    keep,
  });
  const forgetPlaces = (places: readonly { readonly id: Snowflake }[]) => {
    for (const { id: place } of places) {
      const gone = messages.visibleMessages(place, null).map(({ id }) => id);
      forgetMarks(place, gone);
      messages.forgetChannel(place);
    }
  };
  const commandPermissions = createCommandPermissions(saved.commandPermissions, keep);
  const commandsOf = (scope: Snowflake | undefined): readonly Command[] => commands.get(scope) ?? [];
  const setCommands = (scope: Snowflake | undefined, next: readonly Command[]) => {
    for (const { id, name } of commandsOf(scope)) {
      if (!next.some((one) => one.id === id && one.name === name)) commandPermissions.forgetCommand(id, scope);
    }
    if (next.length === 0) commands.delete(scope);
    else commands.set(scope, next);
    allCommands = null;
    keep(commandsRow(scope, next));
    tell({ type: 'commands' });
  };
  /** The bot's commands for a server go when it does, what the server said of commands, and the role that it brought. */
  const forgetBotIn = (guild: Guild) => {
    commandPermissions.forgetGuild(guild.id);
    if (commands.has(guild.id)) setCommands(guild.id, []);
    if (guilds.find(guild.id) === undefined) return;
    for (const role of guild.roles) if (role.managedFor === bot.id) guilds.removeRole(guild.id, role);
  };
  const founded = deps.founded.filter(({ id }) => !removedGuilds.has(id));
  /** What goes with what is removed, before others hear of it. */
  const forgetWhatHung = (event: GuildEvent) => {
    if (event.type === 'channel' && event.change === 'delete') {
      forgetPlaces([event.channel, ...(event.threads ?? [])]);
      commandPermissions.forgetTarget(event.channel.guild, event.channel.id);
    }
    if (event.type === 'thread' && event.change === 'delete') forgetPlaces([event.thread]);
    if (event.type === 'role' && event.change === 'delete') commandPermissions.forgetTarget(event.guild, event.role.id);
    if (event.type === 'guild' && event.change === 'delete') {
      const { id } = event.guild;
      removedGuilds.add(id);
      keep({ kind: 'removed-guild', parent: '', id, body: {} });
      forgetPlaces([...event.guild.channels, ...(event.threads ?? [])]);
    }
  };
  const guilds = createGuildStore(
    { founded, saved: saved.guilds, threads: saved.threads },
    {
      tell(event) {
        forgetWhatHung(event);
        tell(event);
        if (event.type === 'guild' && event.change === 'delete') forgetBotIn(event.guild);
        if (event.type === 'member' && event.change === 'delete' && event.member.user === bot.id) {
          forgetBotIn(event.guild);
        }
      },
      keep,
    },
  );
  const people = createPeople(
    { first: firstPeople, saved: saved.people },
    { tell: (person) => tell({ type: 'person', person }), keep },
  );

  const hasChannel = (id: Snowflake) => directChannels.has(id) || guilds.ofChannel(id) !== undefined;
  /** The message with its reactions as they are now, in the bot's eyes. */
  const reacted = (message: Message): Message => {
    const { reactions: _earlier, ...plain } = message;
    const current = reactionObjects(reactions.of(message.id), bot.id);
    const next = current.length === 0 ? plain : { ...plain, reactions: current };
    messages.replaceSilently(next);
    return next;
  };

  return {
    now: deps.now,
    nextId,
    ...messages,
    guilds,
    people,
    reactions: { of: reactions.of },
    pins: { of: pins.of },
    subscribe(listener: (event: SandboxEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hasChannel,
    directChannel: (id: Snowflake) => directChannels.get(id),
    directChannels: (): readonly DirectChannel[] => [...directChannels.values()],
    /** The private channel of `user`, made when there is none. */
    openDirectChannel(user: Snowflake): DirectChannel {
      const known = [...directChannels.values()].find((channel) => channel.user === user);
      if (known !== undefined) return known;
      const channel = { id: nextId(), user };
      directChannels.set(channel.id, channel);
      keep({ kind: 'direct', parent: '', id: channel.id, body: channel });
      tell({ type: 'dm', channel });
      return channel;
    },
    /** Adds or takes back a reaction; nothing happens where it is so already. */
    react(message: Message, emoji: Emoji, user: Snowflake, isOn: boolean): void {
      const isNew = isOn ? reactions.add(message.id, emoji, user) : reactions.remove(message.id, emoji, user);
      if (!isNew) return;
      tell({ type: 'reaction', change: isOn ? 'create' : 'delete', message: reacted(message), emoji, user });
    },
    /** Takes all reactions of a message away, or all with one emoji. */
    clearReactions(message: Message, emoji?: Emoji): void {
      reactions.clear(message.id, emoji);
      tell({ type: 'reaction', change: 'delete', message: reacted(message), emoji: emoji ?? null, user: null });
    },
    /** Pins or unpins a message; nothing happens where it is so already. */
    pin(message: Message, isOn: boolean): void {
      if (message.pinned === isOn) return;
      if (isOn) pins.add(message.channel_id, { message: message.id, pinnedMs: deps.now() });
      else pins.remove(message.channel_id, message.id);
      messages.replaceMessage({ ...message, pinned: isOn });
      tell({ type: 'pins', channel: message.channel_id });
    },
    typing: (channel: Snowflake, user: Snowflake) => tell({ type: 'typing', channel, user }),
    /** Those of all scopes. */
    commands: (): readonly Command[] => (allCommands ??= [...commands.values()].flat()),
    /** Those of a server, or, for undefined, those that belong to none. */
    commandsOf,
    /** In the place of those of the scope. */
    setCommands,
    commandPermissions: { of: commandPermissions.of, ofGuild: commandPermissions.ofGuild },
    setCommandPermissions(next: CommandPermissions): void {
      commandPermissions.set(next);
      tell({ type: 'command_permissions', permissions: next });
    },
  };
}

function youngestId(saved: SavedState): Snowflake {
  const ids = [
    ...Object.values(saved.messages).flat(),
    ...saved.directChannels,
    ...saved.commands,
    ...saved.people,
    ...saved.threads,
    ...saved.guilds.flatMap((guild) => [guild, ...guild.channels, ...guild.roles]),
    ...saved.guilds.flatMap((guild) => guild.channels.flatMap((channel) => channel.tags)),
  ].map(({ id }) => id);
  return ids.reduce((youngest, id) => (compareSnowflakes(id, youngest) > 0 ? id : youngest), '0');
}
