import type { Message } from './message.ts';
import type { Snowflake } from './snowflake.ts';
import type { Keep } from './state-rows.ts';

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

/**
 * The messages of all channels, oldest first in each, and who alone may see the ephemeral ones. What only one person sees is not kept over
 * a restart.
 *
 * @param deps.dropped hears of the oldest of a channel as they go to make room
 */
export function createMessageStore(
  saved: Readonly<Record<Snowflake, readonly Message[]>>,
  deps: {
    tell: (event: MessageEvent) => void;
    dropped: (channel: Snowflake, ids: readonly Snowflake[]) => void;
    keep: Keep;
  },
) {
  const messages = new Map<Snowflake, Message[]>(Object.entries(saved).map(([id, list]) => [id, [...list]]));
  const ephemeral = new Map<Snowflake, Snowflake>();
  /** How many ephemeral ones a channel has. */
  const hidden = new Map<Snowflake, number>();

  const visibleTo = (id: Snowflake) => ephemeral.get(id) ?? null;
  const listOf = (channel: Snowflake) => messages.get(channel) ?? [];
  /** Newest first, as what is looked for is mostly new. */
  const findMessage = (channel: Snowflake, id: Snowflake) => listOf(channel).findLast((message) => message.id === id);
  const hide = (channel: Snowflake, by: number) => hidden.set(channel, (hidden.get(channel) ?? 0) + by);
  const keep = (message: Message) => {
    if (visibleTo(message.id) !== null) return;
    deps.keep({ kind: 'message', parent: message.channel_id, id: message.id, body: message });
  };
  const put = (message: Message) => {
    const list = listOf(message.channel_id);
    const at = list.findLastIndex((known) => known.id === message.id);
    if (at < 0) return;
    list[at] = message;
    keep(message);
  };
  /** What is known of a message besides itself, as it goes. */
  const forget = (channel: Snowflake, id: Snowflake) => {
    if (ephemeral.delete(id)) hide(channel, -1);
    else deps.keep({ kind: 'message', parent: channel, id, body: null });
  };
  const remove = (channel: Snowflake, isGone: (message: Message) => boolean) => {
    const { gone = [], left = [] } = Object.groupBy(listOf(channel), (one) => (isGone(one) ? 'gone' : 'left'));
    messages.set(channel, left);
    for (const { id } of gone) forget(channel, id);
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
    /** The oldest, and the newest that everybody there sees. */
    firstMessage: (channel: Snowflake): Message | undefined => listOf(channel)[0],
    lastMessage: (channel: Snowflake): Message | undefined =>
      listOf(channel).findLast((message) => visibleTo(message.id) === null),
    /** How many there are that everybody there sees. */
    countVisible: (channel: Snowflake): number => listOf(channel).length - (hidden.get(channel) ?? 0),
    /** Of all channels, those at or after an instant (epoch ms), oldest first in each. Cost: the channels and what is found. */
    messagesSince: (epochMs: number): Message[] =>
      [...messages.values()].flatMap((list) =>
        list.slice(list.findLastIndex(({ timestamp }) => Date.parse(timestamp) < epochMs) + 1),
      ),
    /** @param onlyFor the one person who may see it, null for everybody */
    addMessage(message: Message, onlyFor: Snowflake | null): void {
      const channel = message.channel_id;
      const list = listOf(channel);
      list.push(message);
      messages.set(channel, list);
      if (onlyFor !== null) {
        ephemeral.set(message.id, onlyFor);
        hide(channel, 1);
      }
      keep(message);
      const old = list.splice(0, list.length - keptMessages).map(({ id }) => id);
      for (const id of old) forget(channel, id);
      if (old.length > 0) deps.dropped(channel, old);
      deps.tell({ type: 'message', message, visibleTo: onlyFor });
    },
    replaceMessage(message: Message): void {
      put(message);
      deps.tell({ type: 'message_update', message, visibleTo: visibleTo(message.id) });
    },
    /** As replaceMessage, for what is told in another way. */
    replaceSilently: put,
    removeMessage(channel: Snowflake, id: Snowflake): void {
      const only = visibleTo(id);
      remove(channel, (message) => message.id === id);
      deps.tell({ type: 'message_delete', channel, id, visibleTo: only });
    },
    removeMessages(channel: Snowflake, ids: readonly Snowflake[]): void {
      const gone = new Set(ids);
      remove(channel, (message) => gone.has(message.id));
      deps.tell({ type: 'messages_delete', channel, ids });
    },
    /** All of a channel that is no longer there; nobody is told. */
    forgetChannel(channel: Snowflake): void {
      for (const { id } of listOf(channel)) forget(channel, id);
      messages.delete(channel);
      hidden.delete(channel);
    },
  };
}
