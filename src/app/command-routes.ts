import { randomBytes } from 'node:crypto';
import type { REST } from 'discord.js';
import { createRoutes } from '../commands/create-routes.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { sendDm } from '../discord/direct-message.ts';
import type { Routes } from '../discord/interactions.ts';
import type { Store } from '../domain/ports.ts';
import type { Knowledge } from '../pipeline/knowledge.ts';
import { createLookBack } from './look-back.ts';

/** Every slash command, button and form, on a store and Discord. `openDm`: as CommandDeps has it. */
export function commandRoutes(
  {
    store,
    knowledge,
    ...given
  }: Pick<CommandDeps, 'clock' | 'defaults' | 'openDm'> & {
    readonly store: Store;
    readonly knowledge: Knowledge;
  },
  rest: REST,
): Routes {
  return createRoutes({
    store,
    ...given,
    ...createLookBack(store, knowledge),
    sendDm: (message) => sendDm(rest, message),
    newId,
  });
}

/** Six characters of a-z and 2-7: short enough to type, 30 bits. */
export function newId(): string {
  return Array.from(randomBytes(6), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}
