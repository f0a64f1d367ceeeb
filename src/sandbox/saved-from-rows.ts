import { z } from 'zod';
import { isJsonObject } from './json.ts';
import type { Bodies, RowKind } from './state-rows.ts';
import type { SavedState } from './state.ts';

const id = z.string().regex(/^\d{1,20}$/);
const bits = z.string().regex(/^\d+$/);
const objects = z.array(z.looseObject({}));
const user = z.looseObject({ id, username: z.string() });

/** What is read of each kind on the way. */
const schemas: Readonly<Record<RowKind, z.ZodType>> = {
  guild: z.looseObject({
    id,
    name: z.string(),
    owner: id,
    features: z.array(z.string()),
    roles: z.array(z.looseObject({ id, name: z.string(), permissions: bits })),
  }),
  'removed-guild': z.object({}),
  channel: z.looseObject({
    id,
    guild: id,
    type: z.int(),
    name: z.string(),
    overwrites: z.array(z.looseObject({ id, allow: bits, deny: bits })),
    tags: z.array(z.looseObject({ id, name: z.string() })),
  }),
  member: z.looseObject({ user: id, roles: z.array(id), joinedMs: z.number() }),
  thread: z.looseObject({
    id,
    guild: id,
    parent: id,
    type: z.int(),
    name: z.string(),
    tags: z.array(id),
    members: z.array(id),
  }),
  person: z.looseObject({ id, name: z.string(), role: z.string(), locale: z.string() }),
  direct: z.object({ id, user: id }),
  commands: z.array(z.looseObject({ id, name: z.string(), type: z.int() })),
  permissions: z.object({
    id,
    guild: id,
    permissions: z.array(z.object({ id, type: z.int(), permission: z.boolean() })),
  }),
  message: z.looseObject({
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
  }),
  reactions: z.array(z.looseObject({ emoji: z.looseObject({ name: z.string() }), users: z.array(id) })),
  pins: z.array(z.looseObject({ message: id, pinnedMs: z.number() })),
};

/** A row as it is read. */
export type StoredRow = {
  readonly kind: unknown;
  readonly parent: unknown;
  readonly id: unknown;
  readonly body: unknown;
};

/**
 * The state that rows make, oldest first of each kind.
 *
 * @param leaveOut hears of each row that does not fit
 */
export function savedFromRows(rows: Iterable<StoredRow>, leaveOut: (row: StoredRow) => void): SavedState {
  const read = createShelves();
  for (const row of rows) if (!read.take(row)) leaveOut(row);
  const { shelves } = read;
  const channels = Map.groupBy(shelves.channel, ({ parent }) => parent);
  const members = Map.groupBy(shelves.member, ({ parent }) => parent);
  return {
    guilds: shelves.guild.map(({ id: guild, body }) => ({
      ...body,
      channels: bodies(channels.get(guild)),
      members: bodies(members.get(guild)),
    })),
    removedGuilds: shelves['removed-guild'].map(({ id: guild }) => guild),
    threads: bodies(shelves.thread),
    people: bodies(shelves.person),
    directChannels: bodies(shelves.direct),
    commands: bodies(shelves.commands).flat(),
    commandPermissions: bodies(shelves.permissions),
    messages: Object.fromEntries(
      [...Map.groupBy(shelves.message, ({ parent }) => parent)].map(([channel, list]) => [channel, bodies(list)]),
    ),
    reactions: byId(shelves.reactions),
    pins: byId(shelves.pins),
  };
}

type Shelved<T> = { readonly parent: string; readonly id: string; readonly body: T };
type Shelves<K extends RowKind> = { readonly [P in K]: Shelved<Bodies[P]>[] };

function bodies<T>(list: readonly Shelved<T>[] = []): T[] {
  return list.map(({ body }) => body);
}

function byId<T>(list: readonly Shelved<T>[]): Record<string, T> {
  return Object.fromEntries(list.map(({ id: key, body }) => [key, body]));
}

/** What was read, by its kind. */
function createShelves() {
  const shelves: Shelves<RowKind> = {
    guild: [],
    'removed-guild': [],
    channel: [],
    member: [],
    thread: [],
    person: [],
    direct: [],
    commands: [],
    permissions: [],
    message: [],
    reactions: [],
    pins: [],
  };
  return {
    shelves,
    /** False where the row does not fit. */
    take({ kind, parent, id: key, body }: StoredRow): boolean {
      if (!isRowKind(kind) || typeof parent !== 'string' || typeof key !== 'string') return false;
      return put(shelves, kind, { parent, id: key, body: parsed(body) });
    },
  };
}

/** False where it does not fit. */
function put<K extends RowKind>(shelves: Shelves<K>, kind: K, { parent, id: key, body }: Shelved<unknown>): boolean {
  if (!fits(kind, body)) return false;
  shelves[kind].push({ parent, id: key, body });
  return true;
}

function isRowKind(kind: unknown): kind is RowKind {
  return typeof kind === 'string' && Object.hasOwn(schemas, kind);
}

/** The schema proves the properties that are read on the way; the rest is as this program wrote it. */
function fits<K extends RowKind>(kind: K, body: unknown): body is Bodies[K] {
  return schemas[kind].safeParse(body).success;
}

function parsed(body: unknown): unknown {
  try {
    const value: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    return Array.isArray(value) || isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // which no schema takes
  }
}
