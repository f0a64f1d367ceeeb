import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Hono } from 'hono';
import type { z } from 'zod';
import { buildMessage } from './build-message.ts';
import { channelObject, isForum } from './channel-objects.ts';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named, words } from './control-fields.ts';
import { tagNamed } from './control-named.ts';
import { appliedTagsSchema } from './control-thread-change.ts';
import type { FileStore } from './file-store.ts';
import { demandTags } from './forum-tags.ts';
import type { GuildChannel, Thread } from './guild.ts';
import { has } from './permissions.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { Snowflake } from './snowflake.ts';
import { publicTypeOf, startPost, startThread, startThreadFrom } from './start-thread.ts';
import type { SandboxState } from './state.ts';
import { noteThreadMessage } from './thread-activity.ts';

const schema = fieldsOf({
  user: named,
  name: words(1, 100),
  message: named.optional(),
  content: words(1, 2_000).optional(),
  tags: appliedTagsSchema.optional(),
});
type Form = z.infer<typeof schema>;

/** Threads and posts that people start. */
export function controlThreads(deps: { readonly state: SandboxState; readonly files: FileStore }): Hono {
  const { state } = deps;
  const routes = new Hono();
  routes.post('/channels/:channel/threads', async (context) => {
    const form = readBody(schema, await readJson(context.req.raw));
    const place = placeOf(form.user, context.req.param('channel'), state);
    const parent = state.guilds.channel(place.channel);
    if (parent === undefined) throw new ControlError(400, `There can be no thread in ${place.name}.`);
    const thread = (isForum(parent) ? post : start)(form, { ...place, parent }, deps);
    return context.json(channelObject(thread.id, state));
  });
  return routes;
}

type Where = Place & { readonly parent: GuildChannel };
type Deps = { readonly state: SandboxState; readonly files: FileStore };

function start(form: Form, place: Where, { state, files }: Deps): Thread {
  const { parent, person, name } = place;
  if (parent.type !== ChannelType.GuildText && parent.type !== ChannelType.GuildAnnouncement) {
    throw new ControlError(400, `There can be no thread in ${name}.`);
  }
  if (form.tags !== undefined) throw new ControlError(400, `${name} is no forum and has no tags.`);
  if (!has(place.permissions, Permission.CreatePublicThreads)) {
    throw new ControlError(403, `${person.name} may not start threads in ${name}.`);
  }
  const maySpeak = has(place.permissions, Permission.SendMessagesInThreads);
  if (form.content !== undefined && !maySpeak) {
    throw new ControlError(403, `${person.name} may not write in threads of ${name}.`);
  }
  const draft = { parent, owner: person, name: form.name };
  const thread =
    form.message === undefined
      ? startThread(state, draft, { type: publicTypeOf(parent) })
      : startThreadFrom(state, messageOf(form.message, place, state), draft);
  if (form.content !== undefined) {
    const payload = { content: form.content };
    const message = buildMessage(state, files, { channel: thread.id, author: person, payload, files: [] });
    noteThreadMessage(state, thread.id, person.id);
    state.addMessage(message, null);
  }
  return thread;
}

function post(form: Form, place: Where, { state, files }: Deps): Thread {
  const { parent, person, name, permissions } = place;
  if (form.message !== undefined)
    throw new ControlError(400, `${name} is a forum: its posts begin with their own text.`);
  if (form.content === undefined) throw new ControlError(400, 'content: a post begins with a text.');
  if (!has(permissions, Permission.SendMessages)) {
    throw new ControlError(403, `${person.name} may not post in ${name}.`);
  }
  const tags = (form.tags ?? []).map((tag) => tagNamed(tag, parent).id);
  demandTags(parent, tags, { isModerator: has(permissions, Permission.ManageThreads) });
  const draft = { parent, owner: person, name: form.name, tags };
  return startPost(state, files, draft, { payload: { content: form.content }, files: [] }).thread;
}

function messageOf(id: Snowflake, place: Where, state: SandboxState) {
  const message = state.findMessage(place.channel, id);
  if (message === undefined || state.visibleTo(id) !== null) {
    throw new ControlError(404, `There is no message ${id} in ${place.name}.`);
  }
  return message;
}
