import { Hono } from 'hono';
import { guildChannelObject } from './channel-objects.ts';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { changesOf, fieldsOf, localeSchema, words, yesOrNo } from './control-fields.ts';
import { guildNamed } from './control-named.ts';
import type { Guild } from './guild.ts';
import { guildObject } from './guild-objects.ts';
import type { JsonObject } from './json.ts';
import type { SandboxState } from './state.ts';
import { newGuild } from './world.ts';

const name = words(2, 100);
const newBody = fieldsOf({ name });
const changeBody = changesOf({ name: name.optional(), locale: localeSchema.optional() });
const outageBody = fieldsOf({ isUnavailable: yesOrNo });

/**
 * Servers: made, named, removed, and lost to the gateway for a while. In an outage the bot is told that the server is unavailable and
 * hears nothing more of it, but interactions; REST goes on answering, and so do people. It ends with the sandbox at the latest.
 */
export function controlGuilds({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  const shown = (guild: Guild): JsonObject => ({
    ...guildObject(guild),
    channels: guild.channels.map((channel) => guildChannelObject(channel, state)),
  });

  routes.post('/guilds', async (context) => {
    const fresh = newGuild(readBody(newBody, await readJson(context.req.raw)).name, state.nextId);
    const members = fresh.members.map((member) => ({ ...member, joinedMs: state.now() }));
    const guild = { ...fresh, members };
    state.guilds.addGuild(guild);
    return context.json(shown(guild));
  });
  routes.patch('/guilds/:guild', async (context) => {
    const known = guildNamed(context.req.param('guild'), state);
    const change = readBody(changeBody, await readJson(context.req.raw));
    const next = { name: change.name ?? known.name, locale: change.locale ?? known.locale };
    state.guilds.changeGuild(known.id, next);
    return context.json(shown({ ...known, ...next }));
  });
  routes.delete('/guilds/:guild', (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    if (state.guilds.list().length === 1) {
      throw new ControlError(400, `“${guild.name}” is the last server and stays: make another one first.`);
    }
    const gone = shown(guild);
    state.guilds.removeGuild(guild.id);
    return context.json(gone);
  });
  routes.post('/guilds/:guild/outage', async (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const { isUnavailable } = readBody(outageBody, await readJson(context.req.raw));
    state.guilds.setOutage(guild.id, isUnavailable);
    return context.json({ id: guild.id, isUnavailable });
  });
  return routes;
}
