import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { compareSnowflakes, createSnowflakes } from './snowflake.ts';
import type { Snowflake } from './snowflake.ts';
import { guildChannels } from './world.ts';

/** A private channel between the bot and one person. */
export type DirectChannel = { readonly id: Snowflake; readonly user: Snowflake };

/** A registered application command, as Discord answers it; with `guild_id` where it belongs to a server. */
export type Command = JsonObject & { readonly id: Snowflake; readonly name: string; readonly type: number };

/** What survives a restart. Messages oldest first; what only one person may see is not among them. */
export type SavedState = {
  readonly messages: Readonly<Record<Snowflake, readonly Message[]>>;
  readonly directChannels: readonly DirectChannel[];
  readonly commands: readonly Command[];
};

/** Something that happened. `visibleTo` is the one person who may see an ephemeral message, null for everybody. */
export type SandboxEvent =
  | { readonly type: 'message' | 'message_update'; readonly message: Message; readonly visibleTo: Snowflake | null }
  | {
      readonly type: 'message_delete';
      readonly channel: Snowflake;
      readonly id: Snowflake;
      readonly visibleTo: Snowflake | null;
    }
  | { readonly type: 'commands' }
  | { readonly type: 'dm'; readonly channel: DirectChannel }
  | { readonly type: 'typing'; readonly channel: Snowflake };

/** Per channel; the oldest goes first. Enough for months of a reading group. */
const keptMessages = 5_000;

export type SandboxState = ReturnType<typeof createState>;

/** All that the sandbox knows and that changes: messages, private channels, commands. Listeners hear of each change. */
export function createState(saved: SavedState, deps: { now: () => number }) {
  const messages = new Map<Snowflake, Message[]>(Object.entries(saved.messages).map(([id, list]) => [id, [...list]]));
  const directChannels = new Map(saved.directChannels.map((channel) => [channel.id, channel]));
  const ephemeral = new Map<Snowflake, Snowflake>();
  let commands: readonly Command[] = saved.commands;
  const listeners = new Set<(event: SandboxEvent) => void>();
  const nextId = createSnowflakes(deps.now, youngestId(saved));

  const tell = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  const visibleTo = (id: Snowflake) => ephemeral.get(id) ?? null;
  const listOf = (channel: Snowflake) => messages.get(channel) ?? [];
  const findMessage = (channel: Snowflake, id: Snowflake) => listOf(channel).find((message) => message.id === id);

  return {
    now: deps.now,
    nextId,
    subscribe(listener: (event: SandboxEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hasChannel: (id: Snowflake) => directChannels.has(id) || guildChannels.some((channel) => channel.id === id),
    directChannel: (id: Snowflake) => directChannels.get(id),
    directChannels: (): readonly DirectChannel[] => [...directChannels.values()],
    /** The private channel of `user`, made when there is none. */
    openDirectChannel(user: Snowflake): DirectChannel {
      const known = [...directChannels.values()].find((channel) => channel.user === user);
      if (known !== undefined) return known;
      const channel = { id: nextId(), user };
      directChannels.set(channel.id, channel);
      tell({ type: 'dm', channel });
      return channel;
    },
    findMessage,
    visibleTo,
    /** Messages of a channel that everybody there sees, and those that only `viewer` sees; oldest first. */
    visibleMessages: (channel: Snowflake, viewer: Snowflake | null): Message[] =>
      listOf(channel).filter((message) => {
        const only = visibleTo(message.id);
        return only === null || only === viewer;
      }),
    /** @param onlyFor the one person who may see it, null for everybody */
    addMessage(message: Message, onlyFor: Snowflake | null): void {
      const list = [...listOf(message.channel_id), message];
      const dropped = list.splice(0, list.length - keptMessages);
      for (const old of dropped) ephemeral.delete(old.id);
      messages.set(message.channel_id, list);
      if (onlyFor !== null) ephemeral.set(message.id, onlyFor);
      tell({ type: 'message', message, visibleTo: onlyFor });
    },
    replaceMessage(message: Message): void {
      messages.set(
        message.channel_id,
        listOf(message.channel_id).map((known) => (known.id === message.id ? message : known)),
      );
      tell({ type: 'message_update', message, visibleTo: visibleTo(message.id) });
    },
    removeMessage(channel: Snowflake, id: Snowflake): void {
      const only = visibleTo(id);
      messages.set(
        channel,
        listOf(channel).filter((message) => message.id !== id),
      );
      ephemeral.delete(id);
      tell({ type: 'message_delete', channel, id, visibleTo: only });
    },
    typing: (channel: Snowflake) => tell({ type: 'typing', channel }),
    commands: (): readonly Command[] => commands,
    setCommands(next: readonly Command[]): void {
      commands = next;
      tell({ type: 'commands' });
    },
    saved: (): SavedState => ({
      messages: Object.fromEntries(
        [...messages].map(([channel, list]) => [channel, list.filter((message) => visibleTo(message.id) === null)]),
      ),
      directChannels: [...directChannels.values()],
      commands,
    }),
  };
}

function youngestId(saved: SavedState): Snowflake {
  const ids = [...Object.values(saved.messages).flat(), ...saved.directChannels, ...saved.commands].map(({ id }) => id);
  return ids.reduce((youngest, id) => (compareSnowflakes(id, youngest) > 0 ? id : youngest), '0');
}
