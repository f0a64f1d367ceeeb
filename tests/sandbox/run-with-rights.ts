import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { onTestFinished } from 'vitest';
import { bot, readingGroup } from '../../src/sandbox/world.ts';
import { runSandbox } from './running-sandbox.ts';

type Rights = readonly (keyof typeof PermissionFlagsBits)[];

/** A sandbox whose bot holds `more` rights than its invitation gave it, and where nobody but Ada holds any of `fewer`. */
export async function runWithRights(more: Rights, fewer: Rights = [], options: Parameters<typeof runSandbox>[0] = {}) {
  const sum = (rights: Rights) => rights.reduce((bits, right) => bits | PermissionFlagsBits[right], 0n);
  const roles = readingGroup.roles.map((role) => {
    const bits = BigInt(role.permissions);
    const permissions = role.managedFor === bot.id ? bits | sum(more) : bits & ~sum(fewer);
    return { ...role, permissions: String(role.managedFor === bot.id ? permissions & ~sum(fewer) : permissions) };
  });
  const directory = mkdtempSync(join(tmpdir(), 'paperboy-rights-'));
  const stateFile = join(directory, 'state.json');
  const saved = {
    version: 2,
    messages: {},
    directChannels: [],
    commands: [],
    guilds: [{ ...readingGroup, roles }],
    removedGuilds: [],
    people: [],
    reactions: {},
    pins: {},
    commandPermissions: [],
  };
  writeFileSync(stateFile, JSON.stringify(saved));
  const sandbox = await runSandbox({ ...options, stateFile });
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return sandbox;
}
