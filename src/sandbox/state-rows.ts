import type { Guild, GuildChannel, Member } from './guild.ts';
import type { Command, SavedState } from './state.ts';

/**
 * One thing that survives a restart, as the state file holds it. `body` is null once it is gone. `parent` is the server of a channel, a
 * thread, a member or permissions, the channel of a message, and else empty. Commands are one row a scope, pins one a channel.
 */
export type Row = {
  readonly kind: RowKind;
  readonly parent: string;
  readonly id: string;
  readonly body: object | null;
};

/** Hears of each thing that changed, as it is now. */
export type Keep = (row: Row) => void;

/** The scope of commands that belong to no server. */
const globalScope = 'global';

/** The server without what has rows of its own. */
type GuildBody = Omit<Guild, 'channels' | 'members'>;

/** What a row of each kind holds. */
export type Bodies = {
  guild: GuildBody;
  'removed-guild': object;
  channel: GuildChannel;
  member: Member;
  thread: SavedState['threads'][number];
  person: SavedState['people'][number];
  direct: SavedState['directChannels'][number];
  commands: readonly Command[];
  permissions: SavedState['commandPermissions'][number];
  message: SavedState['messages'][string][number];
  reactions: SavedState['reactions'][string];
  pins: SavedState['pins'][string];
};

export type RowKind = keyof Bodies;

/** The rows of a whole state. */
export function rowsOf(saved: SavedState): Row[] {
  const rows: Row[] = [];
  const add = <K extends RowKind>(kind: K, parent: string, key: string, body: Bodies[K]) => {
    rows.push({ kind, parent, id: key, body });
  };
  for (const guild of saved.guilds) rows.push(...changedGuildRows(undefined, guild));
  for (const guild of saved.removedGuilds) add('removed-guild', '', guild, {});
  for (const thread of saved.threads) add('thread', thread.guild, thread.id, thread);
  for (const person of saved.people) add('person', '', person.id, person);
  for (const direct of saved.directChannels) add('direct', '', direct.id, direct);
  for (const [scope, commands] of Map.groupBy(saved.commands, scopeOfCommand)) rows.push(commandsRow(scope, commands));
  for (const one of saved.commandPermissions) add('permissions', one.guild, one.id, one);
  for (const messages of Object.values(saved.messages)) {
    for (const message of messages) add('message', message.channel_id, message.id, message);
  }
  for (const [message, reactions] of Object.entries(saved.reactions)) add('reactions', '', message, reactions);
  for (const [channel, pins] of Object.entries(saved.pins)) add('pins', '', channel, pins);
  return rows;
}

/** The rows that differ between a server before (undefined: it was not saved) and after (undefined: it is gone). */
export function changedGuildRows(before: Guild | undefined, after: Guild | undefined): Row[] {
  const parent = (after ?? before)?.id ?? '';
  const parts = <T extends object>(kind: RowKind, part: (guild: Guild) => readonly T[], idOf: (one: T) => string) => {
    const known = before === undefined ? [] : part(before);
    const next = after === undefined ? [] : part(after);
    if (known === next) return [];
    const [same, left] = [new Set(known), new Set(next.map(idOf))];
    return [
      ...known.filter((one) => !left.has(idOf(one))).map((one) => ({ kind, parent, id: idOf(one), body: null })),
      ...next.filter((one) => !same.has(one)).map((one) => ({ kind, parent, id: idOf(one), body: one })),
    ];
  };
  return [
    ...guildRow(before, after),
    ...parts(
      'channel',
      (guild) => guild.channels,
      (channel) => channel.id,
    ),
    ...parts(
      'member',
      (guild) => guild.members,
      (member) => member.user,
    ),
  ];
}

function guildRow(before: Guild | undefined, after: Guild | undefined): Row[] {
  if (after === undefined) {
    return before === undefined ? [] : [{ kind: 'guild', parent: '', id: before.id, body: null }];
  }
  const { channels: _channels, members: _members, ...body } = after;
  const isSame =
    before !== undefined &&
    before.name === after.name &&
    before.owner === after.owner &&
    before.locale === after.locale &&
    before.features === after.features &&
    before.roles === after.roles;
  return isSame ? [] : [{ kind: 'guild', parent: '', id: after.id, body }];
}

/** All commands of a scope, undefined for those of no server. */
export function commandsRow(scope: string | undefined, commands: readonly Command[]): Row {
  return { kind: 'commands', parent: '', id: scope ?? globalScope, body: commands.length === 0 ? null : commands };
}

/** The server that a command belongs to; undefined for none. */
export function scopeOfCommand(command: Command): string | undefined {
  return typeof command['guild_id'] === 'string' ? command['guild_id'] : undefined;
}
