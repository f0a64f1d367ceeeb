import { MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { buildMessage, editMessage } from './build-message.ts';
import { isForum, isTextChannel } from './channel-objects.ts';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named, words } from './control-fields.ts';
import type { FileStore } from './file-store.ts';
import type { Message } from './message.ts';
import { messageFor } from './message-view.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import { demandActive, demandPermissions, demandUnlocked, mayWrite } from './place-rules.ts';
import { repliedMessage } from './reply.ts';
import { seenMessage } from './seen-message.ts';
import type { SandboxState } from './state.ts';
import { noteThreadMessage } from './thread-activity.ts';

/** What somebody wrote; not what Discord says in their name. */
const editable: ReadonlySet<number> = new Set([MessageType.Default, MessageType.Reply]);

/** `reply`: the id of the message in the same channel that it answers. */
const speechBody = fieldsOf({ user: named, channel: named, content: words(1, 2_000), reply: named.optional() });
const editBody = fieldsOf({ user: named, content: words(1, 2_000) });

/** What people say without a command; they edit and delete their own, or, with the right to, delete those of others. */
export function controlMessages(deps: { readonly state: SandboxState; readonly files: FileStore }): Hono {
  const { state } = deps;
  const routes = new Hono();
  routes.post('/messages', async (context) => {
    const { user, channel, content, reply } = readBody(speechBody, await readJson(context.req.raw));
    const place = placeOf(user, channel, state);
    demandSpeech(place, state);
    const message = buildMessage(state, deps.files, {
      channel: place.channel,
      author: place.person,
      payload: { content },
      files: [],
      repliedTo: reply === undefined ? undefined : repliedTo(reply, place, state),
    });
    noteThreadMessage(state, place.channel, place.person.id);
    state.addMessage(message, null);
    return context.json(messageFor(message, place.person.id, state));
  });
  routes.patch('/messages/:message', async (context) => {
    const { user, content } = readBody(editBody, await readJson(context.req.raw));
    const { place, message } = seenMessage(user, context.req.param('message'), state);
    if (message.author.id !== place.person.id || !editable.has(message.type)) {
      throw new ControlError(403, `${place.person.name} can edit only what ${place.person.name} wrote.`);
    }
    demandActive(place, state);
    const edited = editMessage(state, deps.files, message, { content }, []);
    state.replaceMessage(edited);
    return context.json(messageFor(edited, place.person.id, state));
  });
  routes.delete('/messages/:message', (context) => {
    const user = context.req.query('user');
    if (user === undefined || user === '') throw new ControlError(400, 'Say who deletes it: ?user=, by id or name.');
    const { place, message, isEphemeral } = seenMessage(user, context.req.param('message'), state);
    demandActive(place, state);
    // An ephemeral message goes as the one person who sees it dismisses it.
    if (message.author.id !== place.person.id && !isEphemeral) {
      if (place.guild === undefined) {
        throw new ControlError(403, `In the private channel ${place.person.name} can delete only their own messages.`);
      }
      demandPermissions(place, Permission.ManageMessages);
    }
    state.removeMessage(message.channel_id, message.id);
    return context.json(messageFor(message, place.person.id, state));
  });
  return routes;
}

/** @throws ControlError 400 for a message that stands elsewhere or that nobody wrote, 404 for one that they do not see */
function repliedTo(id: string, place: Place, state: SandboxState): Message | undefined {
  const { message, isEphemeral } = seenMessage(place.person.name, id, state);
  if (message.channel_id !== place.channel || isEphemeral) {
    throw new ControlError(400, `Message ${id} is none of ${place.name} that can be replied to.`);
  }
  return repliedMessage(state, place.channel, { message_id: id });
}

/** @throws ControlError 400, 403 where the person cannot write */
function demandSpeech(place: Place, state: SandboxState): void {
  const { channel, person, name } = place;
  const known = state.guilds.channel(channel);
  if (known !== undefined && isForum(known)) throw new ControlError(400, `${name} is a forum: it takes posts.`);
  if (known !== undefined && !isTextChannel(known)) {
    throw new ControlError(400, `${name} is a category: write in one of its channels.`);
  }
  if (!mayWrite(place, state)) throw new ControlError(403, `${person.name} may not write in ${name}.`);
  demandUnlocked(place, state);
}
