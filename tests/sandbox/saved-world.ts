import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { firstPeople, readingGroup } from '../../src/sandbox/world.ts';

export const threadId = '1325755000000000000';

/** A state file of a world in which Mika's client speaks German, #workflows is age-restricted, and #general has a thread. */
export function savedWorld(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-world-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'state.json');
  const channels = readingGroup.channels.map((one) => ({ ...one, isNsfw: one.name === 'workflows' }));
  const mika = firstPeople.find(({ name }) => name === 'Mika');
  const thread = {
    id: threadId,
    guild: readingGroup.id,
    parent: channels.find(({ name }) => name === 'general')?.id,
    type: 11,
    name: 'talk',
    owner: readingGroup.owner,
    createdMs: 0,
    isArchived: false,
    archiveChangedMs: 0,
    isLocked: false,
    isInvitable: true,
    autoArchive: 1_440,
    slowmodeS: 0,
    flags: 0,
    tags: [],
    members: [],
    totalMessages: 0,
  };
  const state = {
    version: 2,
    messages: {},
    directChannels: [],
    commands: [],
    guilds: [{ ...readingGroup, channels, threads: [thread] }],
    removedGuilds: [],
    people: [{ ...mika, locale: 'de' }],
    reactions: {},
    pins: {},
    commandPermissions: [],
  };
  writeFileSync(file, JSON.stringify(state));
  return file;
}
