import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import type { PermissionBits } from './guild.ts';
import { has } from './permissions.ts';

const bitOf: ReadonlyMap<string, bigint> = new Map(Object.entries(PermissionFlagsBits));
const longestList = bitOf.size;

/** Permissions by their names in Discord's libraries (`SendMessages`), in any order: their bits. */
export const permissionsSchema = z
  .array(
    z.string().refine((name) => bitOf.has(name), {
      error: ({ input }) =>
        `“${String(input)}” is no permission; they are named as in discord.js: ViewChannel, SendMessages, EmbedLinks, ManageMessages …`,
    }),
    { error: 'must be a list of names of permissions, such as ["ViewChannel", "SendMessages"]' },
  )
  .max(longestList)
  .transform((names): PermissionBits => String(names.reduce((bits, name) => bits | (bitOf.get(name) ?? 0n), 0n)));

/** The names of the permissions in `bits`, in Discord's order. */
export function permissionNames(bits: bigint): string[] {
  return [...bitOf].filter(([, bit]) => has(bits, bit)).map(([name]) => name);
}
