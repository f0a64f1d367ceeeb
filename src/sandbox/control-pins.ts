import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named } from './control-fields.ts';
import { maxPins } from './limits.ts';
import { isSystemMessage } from './message.ts';
import { pinNotice } from './pin-notice.ts';
import { demandPermissions } from './place-rules.ts';
import { markableMessage, shownAgain } from './seen-message.ts';
import type { SandboxState } from './state.ts';

const body = fieldsOf({ user: named, message: named });

/** People pin messages and take pins away. Each answers the message as the person sees it then. */
export function controlPins({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  const pin = (asked: unknown, isOn: boolean) => {
    const { user, message: id } = readBody(body, asked);
    const found = markableMessage(user, id, state);
    const { place, message } = found;
    demandPermissions(place, Permission.PinMessages);
    if (message.pinned === isOn) return shownAgain(found, state);
    if (isOn && isSystemMessage(message)) {
      throw new ControlError(400, 'Only what people and bots said can be pinned, not what Discord says.');
    }
    if (isOn && state.pins.of(message.channel_id).length >= maxPins) {
      throw new ControlError(400, `${place.name} has ${String(maxPins)} pinned messages, and none can have more.`);
    }
    state.pin(message, isOn);
    if (isOn) state.addMessage(pinNotice(message, place.person, state), null);
    return shownAgain(found, state);
  };
  routes.put('/pins', async (context) => context.json(pin(await readJson(context.req.raw), true)));
  routes.delete('/pins', async (context) => context.json(pin(await readJson(context.req.raw), false)));
  return routes;
}
