import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named } from './control-fields.ts';
import { guildNamed, roleNamed, userNamed } from './control-named.ts';
import type { Guild, Member } from './guild.ts';
import { isMember } from './guild-store.ts';
import type { Person } from './person.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { memberObject } from './user-objects.ts';
import { bot, botRole } from './world.ts';

const body = fieldsOf({
  roles: z.array(named, { error: 'must be a list of roles, by id or name' }).optional(),
});

/** Who is in a server and with which roles; the bot is invited and thrown out as people are. */
export function controlMembers({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  routes.put('/guilds/:guild/members/:user', async (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const person = userNamed(context.req.param('user'), state);
    const asked = readBody(body, await readJson(context.req.raw)).roles;
    const roles = asked === undefined ? undefined : givableRoles(asked, guild, person);
    const known = guild.members.find(({ user }) => user === person.id);
    if (known === undefined) return context.json(memberObject(joinGuild(guild, person, state, roles), person));
    const kept = known.roles.filter((id) => guild.roles.some((role) => role.id === id && role.managedFor !== null));
    const member = roles === undefined ? known : { ...known, roles: [...kept, ...roles] };
    if (member !== known) state.guilds.changeMember(guild.id, member);
    return context.json(memberObject(member, person));
  });
  routes.delete('/guilds/:guild/members/:user', (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const person = userNamed(context.req.param('user'), state);
    const member = guild.members.find(({ user }) => user === person.id);
    if (member === undefined) throw new ControlError(404, `${person.name} is not in “${guild.name}”.`);
    if (guild.owner === person.id) {
      throw new ControlError(400, `${person.name} owns “${guild.name}” and cannot be thrown out: remove the server.`);
    }
    state.guilds.removeMember(guild.id, person.id);
    relabel(person, state);
    return context.json(memberObject(member, person));
  });
  return routes;
}

/** Lets somebody in; the bot brings a role of its own. */
export function joinGuild(guild: Guild, person: Person, state: SandboxState, roles: readonly Snowflake[] = []): Member {
  const own = person.id === bot.id ? [botRole(state.nextId())] : [];
  for (const role of own) state.guilds.addRole(guild.id, role);
  const member = {
    user: person.id,
    roles: [...own.map(({ id }) => id), ...roles],
    joinedMs: state.now(),
    nick: null,
  };
  state.guilds.addMember(guild.id, member);
  relabel(person, state);
  return member;
}

/** Who is in no server is an outsider to the page. */
function relabel(person: Person, state: SandboxState): void {
  if (person.role !== 'member' && person.role !== 'outsider') return;
  const role = state.guilds.list().some((guild) => isMember(guild, person.id)) ? 'member' : 'outsider';
  if (role !== person.role) state.people.put({ ...person, role });
}

/**
 * Ids of the roles, without one that is the member's own for good.
 *
 * @throws ControlError 404 unknown, 400 where nobody can give it
 */
function givableRoles(asked: readonly string[], guild: Guild, person: Person): Snowflake[] {
  const roles = asked.map((name) => roleNamed(name, guild)).filter(({ managedFor }) => managedFor !== person.id);
  for (const { id, name, managedFor } of roles) {
    if (id === guild.id) throw new ControlError(400, 'Everybody has @everyone: leave it out.');
    if (managedFor !== null)
      throw new ControlError(400, `The role “${name}” is the bot's own: nobody else can have it.`);
  }
  return [...new Set(roles.map(({ id }) => id))];
}
