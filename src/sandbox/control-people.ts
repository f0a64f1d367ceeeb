import { Locale } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { changesOf, fieldsOf, localeSchema, named, words, yesOrNo } from './control-fields.ts';
import { joinGuild } from './control-members.ts';
import { guildNamed } from './control-named.ts';
import { personShown } from './control-world.ts';
import type { Person } from './person.ts';
import { personOf } from './place.ts';
import type { SandboxState } from './state.ts';

const newBody = fieldsOf({
  name: words(1, 32),
  locale: localeSchema.default(Locale.EnglishUS),
  guilds: z.array(named, { error: 'must be a list of servers, by id or name' }).default([]),
});
const changeBody = changesOf({ locale: localeSchema.optional(), takesDirectMessages: yesOrNo.optional() });

/** People who can be played: new ones, their language, and whether they take direct messages. */
export function controlPeople({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  routes.post('/people', async (context) => {
    const { name, locale, guilds } = readBody(newBody, await readJson(context.req.raw));
    if (state.people.find(name) !== undefined) {
      throw new ControlError(400, `There is somebody called “${name}”: take another name.`);
    }
    const joined = new Set(guilds.map((guild) => guildNamed(guild, state)));
    const person: Person = {
      id: state.nextId(),
      name,
      role: joined.size === 0 ? 'outsider' : 'member',
      locale,
      takesDirectMessages: true,
    };
    state.people.put(person);
    for (const guild of joined) joinGuild(guild, person, state);
    return context.json(personShown(person));
  });
  routes.patch('/people/:user', async (context) => {
    const known = personOf(context.req.param('user'), state);
    const change = readBody(changeBody, await readJson(context.req.raw));
    const person = {
      ...known,
      locale: change.locale ?? known.locale,
      takesDirectMessages: change.takesDirectMessages ?? known.takesDirectMessages,
    };
    state.people.put(person);
    return context.json(personShown(person));
  });
  return routes;
}
