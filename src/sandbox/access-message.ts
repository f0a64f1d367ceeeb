import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { accessChannel, botPermissionsIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { param } from './endpoint.ts';
import type { Call } from './endpoint.ts';
import type { Message } from './message.ts';
import { has } from './permissions.ts';
import type { SandboxState } from './state.ts';

/**
 * The message that the path names, with its place, where the bot must hold every bit of `needed`.
 *
 * @throws ApiError as accessChannel does; 10008 there is none, or it is ephemeral and thus unknown here
 */
export function accessMessage(
  state: SandboxState,
  call: Call,
  needed = 0n,
): { readonly place: ChannelAccess; readonly message: Message } {
  const place = accessChannel(state, param(call, 'id'), needed);
  const message = state.findPublic(place.id, param(call, 'message'));
  if (message === undefined) throw refuse(10008);
  return { place, message };
}

/** Whether the bot may read what was said in the place before. */
export function mayRead(place: ChannelAccess): boolean {
  return place.kind === 'direct' || has(botPermissionsIn(place), Permission.ReadMessageHistory);
}
