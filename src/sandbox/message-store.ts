import type { Message } from './message.ts';
import type { Snowflake } from './snowflake.ts';

/** `visibleTo` is the one person who may see an ephemeral message, null for everybody. */
export type MessageEvent =
  | { readonly type: 'message' | 'message_update'; readonly message: Message; readonly visibleTo: Snowflake | null }
  | {
      readonly type: 'message_delete';
      readonly channel: Snowflake;
      readonly id: Snowflake;
      readonly visibleTo: Snowflake | null;
    }
  /** Several at once, by one request. */
  | { readonly type: 'messages_delete'; readonly channel: Snowflake; readonly ids: readonly Snowflake[] };

/** Per channel; the oldest goes first. Enough for months of a reading group. */
const keptMessages = 5_000;

/** The messages of all channels, oldest first in each, and who alone may see the ephemeral ones. */
export function createMessageStore(
  saved: Readonly<Record<Snowflake, readonly Message[]>>,
  tell: (event: MessageEvent) => void,
) {
  const messages = new Map<Snowflake, Message[]>(Object.entries(saved).map(([id, list]) => [id, [...list]]));
  const ephemeral = new Map<Snowflake, Snowflake>();

  const visibleTo = (id: Snowflake) => ephemeral.get(id) ?? null;
  const listOf = (channel: Snowflake) => messages.get(channel) ?? [];
  /** Newest first, as what is looked for is mostly new. */
  const findMessage = (channel: Snowflake, id: Snowflake) => listOf(channel).findLast((message) => message.id === id);
  const put = (message: Message) => {
    const list = listOf(message.channel_id);
    const at = list.findLastIndex((known) => known.id === message.id);
    if (at >= 0) list[at] = message;
  };

  return {
    findMessage,
    /** A message by its id alone. Cost: the channels that hold messages. */
    findAnywhere(id: Snowflake): Message | undefined {
      for (const channel of messages.keys()) {
        const found = findMessage(channel, id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    /** A message that everybody in its channel sees; undefined for an ephemeral one, as for none. */
    findPublic: (channel: Snowflake, id: Snowflake): Message | undefined =>
      visibleTo(id) === null ? findMessage(channel, id) : undefined,
    visibleTo,
    /** Messages of a channel that everybody there sees, and those that only `viewer` sees; oldest first. */
    visibleMessages: (channel: Snowflake, viewer: Snowflake | null): Message[] =>
      listOf(channel).filter((message) => {
        const only = visibleTo(message.id);
        return only === null || only === viewer;
      }),
    /** @param onlyFor the one person who may see it, null for everybody */
    addMessage(message: Message, onlyFor: Snowflake | null): void {
      const list = listOf(message.channel_id);
      list.push(message);
      const dropped = list.splice(0, list.length - keptMessages);
      for (const old of dropped) ephemeral.delete(old.id);
      messages.set(message.channel_id, list);
      if (onlyFor !== null) ephemeral.set(message.id, onlyFor);
      tell({ type: 'message', message, visibleTo: onlyFor });
    },
    replaceMessage(message: Message): void {
      put(message);
      tell({ type: 'message_update', message, visibleTo: visibleTo(message.id) });
    },
    /** As replaceMessage, for what is told in another way. */
    replaceSilently: put,
    removeMessage(channel: Snowflake, id: Snowflake): void {
      const only = visibleTo(id);
      messages.set(
        channel,
        listOf(channel).filter((message) => message.id !== id),
      );
      ephemeral.delete(id);
      tell({ type: 'message_delete', channel, id, visibleTo: only });
    },
    removeMessages(channel: Snowflake, ids: readonly Snowflake[]): void {
      const gone = new Set(ids);
      messages.set(
        channel,
        listOf(channel).filter((message) => !gone.has(message.id)),
      );
      tell({ type: 'messages_delete', channel, ids });
    },
    /** All of a channel that is no longer there; nobody is told. */
    forgetChannel(channel: Snowflake): void {
      for (const { id } of listOf(channel)) ephemeral.delete(id);
      messages.delete(channel);
    },
    savedMessages: (): Record<Snowflake, readonly Message[]> =>
      Object.fromEntries(
        [...messages].map(([channel, list]) => [channel, list.filter((message) => visibleTo(message.id) === null)]),
      ),
  };
}
