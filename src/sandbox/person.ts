import type { Snowflake } from './snowflake.ts';
import type { Keep } from './state-rows.ts';

/** Somebody who can be played on the page, or the bot. */
export type Person = {
  readonly id: Snowflake;
  readonly name: string;
  /** What the page calls them; what they may do, the servers say. */
  readonly role: 'admin' | 'member' | 'outsider' | 'bot';
  /** What the person's client says its language is. */
  readonly locale: string;
  /** Whether the person takes direct messages from people of a server they share. */
  readonly takesDirectMessages: boolean;
};

/** Everybody there is, the bot included. */
export function createPeople(
  initial: { readonly first: readonly Person[]; readonly saved: readonly Person[] },
  deps: { tell: (person: Person) => void; keep: Keep },
) {
  const people = new Map([...initial.first, ...initial.saved].map((person) => [person.id, person]));
  return {
    /** Those that can be played, in the order in which they came. */
    played: (): Person[] => [...people.values()].filter((person) => person.role !== 'bot'),
    byId: (id: Snowflake): Person | undefined => people.get(id),
    /** The person with this id or, case aside, this name; the bot included. */
    find(idOrName: string): Person | undefined {
      const wanted = idOrName.toLowerCase();
      return people.get(idOrName) ?? [...people.values()].find((person) => person.name.toLowerCase() === wanted);
    },
    /** Somebody new, or somebody as they are from now on. */
    put(person: Person): void {
      people.set(person.id, person);
      deps.keep({ kind: 'person', parent: '', id: person.id, body: person });
      deps.tell(person);
    },
  };
}
