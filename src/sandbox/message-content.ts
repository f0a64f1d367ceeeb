import type { Message } from './message.ts';
import { withReferenced } from './referenced-message.ts';
import type { SandboxState } from './state.ts';
import { bot } from './world.ts';

/**
 * The message as the bot gets it, from the gateway and from REST, with the one that it refers to: without the privileged intent it reads
 * what it wrote, what mentions it and what is said to it alone. Source: events/gateway, Message Content Intent.
 */
export function readableByBot(message: Message, state: SandboxState): Message {
  const isDirect = state.directChannel(message.channel_id) !== undefined;
  const readable = (one: Message): Message => {
    const mayRead = isDirect || one.author.id === bot.id || one.mentions.some((user) => user.id === bot.id);
    return mayRead ? one : { ...one, content: '', embeds: [], attachments: [], components: [] };
  };
  return withReferenced(readable(message), bot.id, state, readable);
}
