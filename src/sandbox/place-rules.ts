import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { placeById, sendingIn } from './access.ts';
import { ControlError } from './control-error.ts';
import { permissionNames } from './permission-names.ts';
import { has } from './permissions.ts';
import type { Place } from './place.ts';
import type { SandboxState } from './state.ts';

/** @throws ControlError 403 that names what the person lacks there */
export function demandPermissions(place: Place, needed: bigint): void {
  const missing = permissionNames(needed & ~place.permissions);
  if (missing.length === 0) return;
  throw new ControlError(403, `${place.person.name} lacks ${missing.join(' and ')} in ${place.name}.`);
}

/** Whether the person may write there, as far as permissions go. */
export function mayWrite({ channel, permissions }: Place, state: SandboxState): boolean {
  const place = placeById(state, channel);
  return place !== undefined && has(permissions, sendingIn(place));
}

/** @throws ControlError 403 where the thread is locked for the person */
export function demandUnlocked({ channel, permissions, name }: Place, state: SandboxState): void {
  if (state.guilds.thread(channel)?.isLocked === true && !has(permissions, Permission.ManageThreads)) {
    throw new ControlError(403, `${name} is locked.`);
  }
}

/** @throws ControlError 400 where the thread is archived: nothing in it changes then */
export function demandActive({ channel, name }: Place, state: SandboxState): void {
  if (state.guilds.thread(channel)?.isArchived === true) {
    throw new ControlError(400, `${name} is archived, so nothing in it can change: bring it back first.`);
  }
}
