import { MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named } from './control-fields.ts';
import { messageFor } from './message-view.ts';
import { pinNotice } from './pin-notice.ts';
import { isSameEmoji, readEmoji } from './reactions.ts';
import type { Emoji } from './reactions.ts';
import { demandActive, demandPermissions, seenMessage } from './seen-message.ts';
import type { SeenMessage } from './seen-message.ts';
import type { SandboxState } from './state.ts';

/** Different emojis on one message. Source: topics/opcodes-and-status-codes, 30010. */
const maxEmojis = 20;
/** Pinned messages of one channel. Source: resources/message, Pin Message. */
const maxPins = 250;

/** What people and bots said; not what Discord says in their name. */
const pinnable: ReadonlySet<number> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

const reactionBody = fieldsOf({ user: named, message: named, emoji: named });
const pinBody = fieldsOf({ user: named, message: named });

/** What people do to messages that others see: they react, and they pin. Each answers the message as the person sees it then. */
export function controlMarks({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  const shown = ({ place, message }: SeenMessage) =>
    messageFor(state.findMessage(message.channel_id, message.id) ?? message, place.person.id, state);
  const seen = (user: string, id: string): SeenMessage => {
    const found = seenMessage(user, id, state);
    if (found.isEphemeral) throw new ControlError(400, 'A message for one person alone takes no reactions and no pin.');
    demandActive(found.place, state);
    return found;
  };

  routes.put('/reactions', async (context) => {
    const asked = readBody(reactionBody, await readJson(context.req.raw));
    const emoji = emojiOf(asked.emoji);
    const found = seen(asked.user, asked.message);
    const reactions = state.reactions.of(found.message.id);
    const isThere = reactions.some((one) => isSameEmoji(one.emoji, emoji));
    // Joining in needs no right of its own.
    demandPermissions(found.place, Permission.ReadMessageHistory | (isThere ? 0n : Permission.AddReactions));
    if (!isThere && reactions.length >= maxEmojis) {
      throw new ControlError(400, `The message bears ${String(maxEmojis)} different emojis, and none can bear more.`);
    }
    state.react(found.message, emoji, found.place.person.id, true);
    return context.json(shown(found));
  });
  routes.delete('/reactions', async (context) => {
    const asked = readBody(reactionBody, await readJson(context.req.raw));
    const emoji = emojiOf(asked.emoji);
    const found = seen(asked.user, asked.message);
    demandPermissions(found.place, Permission.ReadMessageHistory);
    state.react(found.message, emoji, found.place.person.id, false);
    return context.json(shown(found));
  });
  const pin = (isOn: boolean) => (asked: unknown) => {
    const { user, message: id } = readBody(pinBody, asked);
    const found = seen(user, id);
    const { place, message } = found;
    demandPermissions(place, Permission.PinMessages);
    if (message.pinned === isOn) return shown(found);
    if (isOn && !pinnable.has(message.type)) {
      throw new ControlError(400, 'Only what people and bots said can be pinned, not what Discord says.');
    }
    if (isOn && state.pins.of(message.channel_id).length >= maxPins) {
      throw new ControlError(400, `${place.name} has ${String(maxPins)} pinned messages, and none can have more.`);
    }
    state.pin(message, isOn);
    if (isOn) state.addMessage(pinNotice(message, place.person, state), null);
    return shown(found);
  };
  routes.put('/pins', async (context) => context.json(pin(true)(await readJson(context.req.raw))));
  routes.delete('/pins', async (context) => context.json(pin(false)(await readJson(context.req.raw))));
  return routes;
}

/** @throws ControlError 400 */
function emojiOf(text: string): Emoji {
  const emoji = readEmoji(text);
  if (emoji === undefined) throw new ControlError(400, `“${text}” is no emoji: one of Unicode is needed, such as ⭐.`);
  return emoji;
}
