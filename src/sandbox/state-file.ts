import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { SavedState } from './state.ts';

const stateVersion = 2;

/** How long changes are gathered before the file is written; longer where writing takes long, so that it never takes more than a tenth. */
const gatherMs = 100;

const emptyState: SavedState = {
  messages: {},
  directChannels: [],
  commands: [],
  guilds: [],
  removedGuilds: [],
  people: [],
  reactions: {},
  pins: {},
  commandPermissions: [],
};

const id = z.string().regex(/^\d{1,20}$/);
const objects = z.array(z.record(z.string(), z.unknown()));
const user = z.looseObject({ id, username: z.string() });
const message = z.looseObject({
  id,
  channel_id: id,
  author: user,
  content: z.string(),
  timestamp: z.string(),
  mentions: z.array(user),
  attachments: objects,
  embeds: objects,
  components: objects,
  type: z.int(),
  flags: z.int(),
});
const bits = z.string().regex(/^\d+$/);
const guild = z.looseObject({
  id,
  name: z.string(),
  owner: id,
  features: z.array(z.string()),
  roles: z.array(z.looseObject({ id, name: z.string(), permissions: bits })),
  channels: z.array(
    z.looseObject({
      id,
      guild: id,
      type: z.int(),
      name: z.string(),
      overwrites: z.array(z.looseObject({ id, allow: bits, deny: bits })),
      tags: z.array(z.looseObject({ id, name: z.string() })),
    }),
  ),
  threads: z.array(
    z.looseObject({
      id,
      guild: id,
      parent: id,
      type: z.int(),
      name: z.string(),
      tags: z.array(id),
      members: z.array(id),
    }),
  ),
  members: z.array(z.looseObject({ user: id, roles: z.array(id), joinedMs: z.number() })),
});
const savedState = z.object({
  version: z.literal(stateVersion),
  messages: z.record(id, z.array(message)),
  directChannels: z.array(z.object({ id, user: id })),
  commands: z.array(z.looseObject({ id, name: z.string(), type: z.int() })),
  commandPermissions: z.array(
    z.object({ id, guild: id, permissions: z.array(z.object({ id, type: z.int(), permission: z.boolean() })) }),
  ),
  guilds: z.array(guild),
  removedGuilds: z.array(id),
  people: z.array(z.looseObject({ id, name: z.string(), role: z.string(), locale: z.string() })),
  reactions: z.record(id, z.array(z.looseObject({ emoji: z.looseObject({ name: z.string() }), users: z.array(id) }))),
  pins: z.record(id, z.array(z.looseObject({ message: id, pinnedMs: z.number() }))),
});
const firstForm = savedState
  .pick({ messages: true, directChannels: true, commands: true })
  .extend({ version: z.literal(1) });

/**
 * What an earlier run left in `file`; the empty state where there is none.
 * A file that cannot be understood is moved aside with a warning, so that a start never fails for it.
 */
export function loadState(file: string | null, deps: { log: Log }): SavedState {
  if (file === null) return emptyState;
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isSavedState(saved)) return saved;
    if (isFirstForm(saved)) return { ...emptyState, ...saved };
    throw new Error('it is not a state that this version wrote');
  } catch (error) {
    if (isAbsent(error)) return emptyState;
    const aside = `${file}.unreadable`;
    deps.log.warn({ file, aside, error: messageOf(error) }, 'sandbox: the state file is unreadable, starting empty');
    moveAside(file, aside, deps.log);
    return emptyState;
  }
}

/** The schema proves the properties that are read on the way; the rest is as this program wrote it. */
function isSavedState(value: unknown): value is SavedState {
  return savedState.safeParse(value).success;
}

/** Before servers could change, they were not saved. */
function isFirstForm(value: unknown): value is Pick<SavedState, 'messages' | 'directChannels' | 'commands'> {
  return firstForm.safeParse(value).success;
}

function moveAside(file: string, aside: string, log: Log): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    log.warn({ file, aside, error: messageOf(error) }, 'sandbox: the state file could not be moved aside');
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Writes the state soon after each `changed()`, whole and at once (temporary file, then rename), and on `close()`.
 * A failed write is a warning: the next change tries again.
 */
export function createStateWriter(file: string | null, read: () => SavedState, deps: { log: Log }) {
  let timer: NodeJS.Timeout | null = null;
  let lastWriteMs = 0;
  const write = () => {
    timer = null;
    if (file === null) return;
    const startedMs = performance.now();
    try {
      const fresh = `${file}.${String(process.pid)}.tmp`;
      writeFileSync(fresh, JSON.stringify({ version: stateVersion, ...read() }));
      renameSync(fresh, file);
    } catch (error) {
      deps.log.warn({ file, error: messageOf(error) }, 'sandbox: the state file could not be written');
    }
    lastWriteMs = performance.now() - startedMs;
  };
  return {
    changed(): void {
      if (file !== null) timer ??= setTimeout(write, Math.max(gatherMs, lastWriteMs * 10));
    },
    close(): void {
      if (timer === null) return;
      clearTimeout(timer);
      write();
    },
  };
}
