import { randomBytes } from 'node:crypto';
import type { REST } from 'discord.js';
import { createRoutes } from '../commands/create-routes.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { openDm, sendDm } from '../discord/direct-message.ts';
import type { Routes } from '../discord/interactions.ts';
import type { Store } from '../domain/ports.ts';
import { previewSubscription } from '../pipeline/preview.ts';

/** Every slash command, button and form, on a store and Discord. */
export function commandRoutes(
  { store, clock, defaults }: Pick<CommandDeps, 'clock' | 'defaults'> & { readonly store: Store },
  rest: REST,
): Routes {
  return createRoutes({
    store,
    clock,
    preview: (subscription) => previewSubscription(subscription, { store }),
    openDm: (userId) => openDm(rest, userId),
    sendDm: (message) => sendDm(rest, message),
    newId,
    defaults,
  });
}

/** Six characters of a-z and 2-7: short enough to type, 30 bits. */
export function newId(): string {
  return Array.from(randomBytes(6), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}
