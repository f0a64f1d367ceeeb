import type { Message } from './message.ts';
import { bot } from './world.ts';

/**
 * The message as the bot gets it, from the gateway and from REST: without the privileged intent it reads what it wrote, what mentions
 * it and what is said to it alone. Source: events/gateway, Message Content Intent.
 *
 * @param isDirect whether it stands in a private channel
 */
export function readableByBot(message: Message, isDirect: boolean): Message {
  const mayRead = isDirect || message.author.id === bot.id || message.mentions.some((user) => user.id === bot.id);
  return mayRead ? message : { ...message, content: '', embeds: [], attachments: [], components: [] };
}
