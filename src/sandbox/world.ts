import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Snowflake } from './snowflake.ts';

/** Somebody who can be played on the page, or the bot. */
export type Person = {
  readonly id: Snowflake;
  readonly name: string;
  /** outsider: in no server that the bot is in. */
  readonly role: 'admin' | 'member' | 'outsider' | 'bot';
  /** What the person's client says its language is. */
  readonly locale: string;
};

export type GuildChannel = { readonly id: Snowflake; readonly name: string; readonly topic: string };

export type Role = {
  readonly id: Snowflake;
  readonly name: string;
  readonly permissions: bigint;
  readonly position: number;
  readonly managedFor: Snowflake | null;
};

/** The token that the sandbox takes; every other one is refused as Discord refuses it. */
export const botToken = 'sandbox.paperboy.this-token-works-only-here';

/** Ids are fixed, so that whoever wrote one down finds the same thing after a restart. */
export const applicationId = '1325750326157312006';

export const bot: Person = { id: '1325750582063726605', name: 'Paperboy', role: 'bot', locale: 'en-US' };
const ada: Person = { id: '1325750837970141204', name: 'Ada', role: 'admin', locale: 'en-US' };
const mika: Person = { id: '1325751093876555803', name: 'Mika', role: 'member', locale: 'en-US' };
const otto: Person = { id: '1325751349782970402', name: 'Otto', role: 'outsider', locale: 'en-US' };

/** The people that can be played, in the order in which they are shown. */
export const people: readonly Person[] = [ada, mika, otto];

export const guildId = '1325751605689385001';
export const guildName = 'Systems Reading Group';
export const ownerId = ada.id;
export const guildLocale = 'en-US';

/** In the order the page shows them; it opens the first. */
export const guildChannels: readonly GuildChannel[] = [
  { id: '1325752629315043397', name: 'llm-serving', topic: 'Serving large language models quickly and cheaply.' },
  { id: '1325752885221457996', name: 'federated-learning', topic: 'Learning together while the data stays at home.' },
  {
    id: '1325753141127872595',
    name: 'distributed-systems',
    topic: 'Consensus, storage and everything between machines.',
  },
  { id: '1325753397034287194', name: 'workflows', topic: 'Scientific workflows and the systems that run them.' },
  { id: '1325752373408628798', name: 'general', topic: 'Talk about anything that the group reads.' },
];

const everyone: Role = {
  // Discord gives the role of everyone the id of the server.
  id: guildId,
  name: '@everyone',
  permissions:
    Permission.ViewChannel |
    Permission.SendMessages |
    Permission.EmbedLinks |
    Permission.AttachFiles |
    Permission.ReadMessageHistory |
    Permission.AddReactions |
    Permission.UseExternalEmojis |
    Permission.UseApplicationCommands |
    Permission.CreatePublicThreads |
    Permission.SendMessagesInThreads |
    Permission.ChangeNickname,
  position: 0,
  managedFor: null,
};
const organisers: Role = {
  id: '1325751861595799600',
  name: 'Organisers',
  permissions: Permission.Administrator,
  position: 2,
  managedFor: null,
};
const paperboys: Role = {
  id: '1325752117502214199',
  name: 'Paperboy',
  permissions: everyone.permissions,
  position: 1,
  managedFor: bot.id,
};

export const roles: readonly Role[] = [everyone, organisers, paperboys];

/** Roles that `person` holds besides that of everyone. */
export function rolesOf(person: Person): readonly Role[] {
  if (person.role === 'admin') return [organisers];
  return person.role === 'bot' ? [paperboys] : [];
}

const allPermissions = Object.values(Permission).reduce((all, bit) => all | bit, 0n);

/** What `person` may do in the server's channels, as Discord's permission bits; an administrator may do everything. */
export function permissionsOf(person: Person): bigint {
  const held = rolesOf(person).reduce((bits, role) => bits | role.permissions, everyone.permissions);
  return (held & Permission.Administrator) === 0n ? held : allPermissions;
}

/** The person with this id or, case aside, this name; the bot included. */
export function findPerson(idOrName: string): Person | undefined {
  const wanted = idOrName.toLowerCase();
  return [...people, bot].find((person) => person.id === idOrName || person.name.toLowerCase() === wanted);
}

/** The server's channel with this id or name; a leading # is allowed. */
export function findGuildChannel(idOrName: string): GuildChannel | undefined {
  const wanted = idOrName.replace(/^#/, '').toLowerCase();
  return guildChannels.find((channel) => channel.id === idOrName || channel.name === wanted);
}

/** Whether `person` is in the server. */
export function isInGuild(person: Person): boolean {
  return person.role !== 'outsider';
}
