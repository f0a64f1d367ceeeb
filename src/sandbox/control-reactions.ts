import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named } from './control-fields.ts';
import { maxEmojis } from './limits.ts';
import { demandPermissions } from './place-rules.ts';
import { isSameEmoji, readEmoji } from './reactions.ts';
import type { Emoji } from './reactions.ts';
import { markableMessage, shownAgain } from './seen-message.ts';
import type { SandboxState } from './state.ts';

const body = fieldsOf({ user: named, message: named, emoji: named });

/** People react to messages and take reactions away. Each answers the message as the person sees it then. */
export function controlReactions({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  const react = (given: unknown, isOn: boolean) => {
    const asked = readBody(body, given);
    const emoji = emojiOf(asked.emoji);
    const found = markableMessage(asked.user, asked.message, state);
    const { place, message } = found;
    const reactions = state.reactions.of(message.id);
    const isNew = isOn && !reactions.some((one) => isSameEmoji(one.emoji, emoji));
    // Joining in needs no right of its own.
    demandPermissions(place, Permission.ReadMessageHistory | (isNew ? Permission.AddReactions : 0n));
    if (isNew && reactions.length >= maxEmojis) {
      throw new ControlError(400, `The message bears ${String(maxEmojis)} different emojis, and none can bear more.`);
    }
    state.react(message, emoji, place.person.id, isOn);
    return shownAgain(found, state);
  };
  routes.put('/reactions', async (context) => context.json(react(await readJson(context.req.raw), true)));
  routes.delete('/reactions', async (context) => context.json(react(await readJson(context.req.raw), false)));
  return routes;
}

/** @throws ControlError 400 */
function emojiOf(text: string): Emoji {
  const emoji = readEmoji(text);
  if (emoji === undefined) throw new ControlError(400, `“${text}” is no emoji: one of Unicode is needed, such as ⭐.`);
  return emoji;
}
