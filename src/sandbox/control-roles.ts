import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { changesOf, fieldsOf, words } from './control-fields.ts';
import { guildNamed, roleNamed } from './control-named.ts';
import { roleObject } from './guild-objects.ts';
import { permissionsSchema } from './permission-names.ts';
import type { SandboxState } from './state.ts';

/** Source: topics/opcodes-and-status-codes, 30005. */
const maxRoles = 250;

const name = words(1, 100);
const colourError = 'must be a number from 0 to 16777215, or text like "#d98c3f"';
const color = z.union(
  [
    z.int().min(0).max(0xffffff),
    z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .transform((text) => Number.parseInt(text.slice(1), 16)),
  ],
  { error: colourError },
);
const settings = { permissions: permissionsSchema.optional(), color: color.optional() };
const newBody = fieldsOf({ name, ...settings });
const changeBody = changesOf({ name: name.optional(), ...settings });

/** The roles of a server. */
export function controlRoles({ state }: { readonly state: SandboxState }): Hono {
  const routes = new Hono();
  routes.post('/guilds/:guild/roles', async (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const asked = readBody(newBody, await readJson(context.req.raw));
    if (guild.roles.length >= maxRoles) {
      throw new ControlError(400, `“${guild.name}” has ${String(maxRoles)} roles, and no server can have more.`);
    }
    const role = {
      id: state.nextId(),
      name: asked.name,
      // What everybody may do already, as Discord's own default is.
      permissions: asked.permissions ?? roleNamed(guild.id, guild).permissions,
      position: 1,
      color: asked.color ?? 0,
      isMentionable: false,
      managedFor: null,
    };
    state.guilds.addRole(guild.id, role);
    return context.json(roleObject(role));
  });
  routes.patch('/guilds/:guild/roles/:role', async (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const known = roleNamed(context.req.param('role'), guild);
    const asked = readBody(changeBody, await readJson(context.req.raw));
    if (known.id === guild.id && asked.name !== undefined) {
      throw new ControlError(400, 'The role @everyone keeps its name; its permissions can change.');
    }
    const role = {
      ...known,
      name: asked.name ?? known.name,
      permissions: asked.permissions ?? known.permissions,
      color: asked.color ?? known.color,
    };
    state.guilds.changeRole(guild.id, role);
    return context.json(roleObject(role));
  });
  routes.delete('/guilds/:guild/roles/:role', (context) => {
    const guild = guildNamed(context.req.param('guild'), state);
    const role = roleNamed(context.req.param('role'), guild);
    if (role.id === guild.id) throw new ControlError(400, 'The role @everyone cannot be removed: it is the server.');
    if (role.managedFor !== null) {
      throw new ControlError(400, `The role “${role.name}” is the bot's own and goes with it: throw the bot out.`);
    }
    state.guilds.removeRole(guild.id, role);
    return context.json(roleObject(role));
  });
  return routes;
}
