import { MessageType } from 'discord-api-types/v10';

/** What people and bots said, which can be pinned and can bear a thread; not what Discord says in their name. */
export const saidKinds: ReadonlySet<number> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);
