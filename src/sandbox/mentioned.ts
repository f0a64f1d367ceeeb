import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { findNamed } from './control-named.ts';
import type { UploadedFile } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import { isMember } from './guild-store.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { has, permissionsIn } from './permissions.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { bot } from './world.ts';

/** What can be named in an option or a select. */
export type Nameable = 'user' | 'role' | 'channel';

/** Something that an interaction tells of by its id alone, and that its resolved data describes. */
export type Mentioned =
  | { readonly kind: 'user' | 'role'; readonly id: Snowflake }
  | { readonly kind: 'channel'; readonly id: Snowflake; readonly channelType: number }
  | { readonly kind: 'attachment'; readonly id: Snowflake; readonly attachment: JsonObject }
  | { readonly kind: 'message'; readonly id: Snowflake; readonly message: Message };

/** What somebody has at hand in the place where they are. */
export type AtHand = {
  /** The first of the kinds that has something with this id or name. */
  find(kinds: readonly Nameable[], idOrName: string): Mentioned | undefined;
  /** Uploads a file. */
  keep(file: UploadedFile): Mentioned;
};

/** People, roles and channels of a server, as far as the person sees them; in a private channel its two sides. */
export function atHand(place: Place, state: SandboxState, files: FileStore): AtHand {
  const { guild, person: asking } = place;
  const find = (kind: Nameable, idOrName: string): Mentioned | undefined => {
    const wanted = idOrName.replace(/^[#@](?!everyone)/, '');
    if (kind === 'user') {
      const person = personHere(wanted, place, state);
      return person === undefined ? undefined : { kind, id: person.id };
    }
    if (guild === undefined) return undefined;
    if (kind === 'role') {
      const role = findNamed(guild.roles, wanted);
      return role === undefined ? undefined : { kind, id: role.id };
    }
    const channel = findNamed([...guild.channels, ...state.guilds.threadsOf(guild.id)], wanted, (one) =>
      has(permissionsIn(guild, asking.id, one), Permission.ViewChannel),
    );
    return channel === undefined ? undefined : { kind, id: channel.id, channelType: channel.type };
  };
  return {
    find(kinds, idOrName) {
      for (const kind of kinds) {
        const found = find(kind, idOrName);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    keep(file) {
      const id = state.nextId();
      return { kind: 'attachment', id, attachment: { ...files.keep(place.channel, id, file, null), ephemeral: true } };
    },
  };
}

/** The person with this id or name, where they are of the server, or one of the two sides of the private channel. */
export function personHere(
  idOrName: string,
  { guild, person: asking }: Place,
  state: SandboxState,
): Person | undefined {
  const person = state.people.find(idOrName);
  if (person === undefined) return undefined;
  const isHere = guild === undefined ? [asking.id, bot.id].includes(person.id) : isMember(guild, person.id);
  return isHere ? person : undefined;
}
