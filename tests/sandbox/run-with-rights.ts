import type { PermissionFlagsBits } from 'discord-api-types/v10';
import { permissionNames } from '../../src/sandbox/permission-names.ts';
import { bot, readingGroup } from '../../src/sandbox/world.ts';
import { runSandbox } from './running-sandbox.ts';

type Rights = readonly (keyof typeof PermissionFlagsBits)[];

/** A sandbox whose bot holds `more` rights than its invitation gave it, and where nobody but Ada holds any of `fewer`. */
export async function runWithRights(more: Rights, fewer: Rights = [], options: Parameters<typeof runSandbox>[0] = {}) {
  const sandbox = await runSandbox(options);
  const gone = new Set<string>(fewer);
  for (const role of readingGroup.roles) {
    const held = [...permissionNames(BigInt(role.permissions)), ...(role.managedFor === bot.id ? more : [])];
    const permissions = held.filter((name) => !gone.has(name));
    await sandbox.control('PATCH', `/guilds/${readingGroup.id}/roles/${role.id}`, { permissions });
  }
  return sandbox;
}
