import type { Thread } from './guild.ts';
import type { Snowflake } from './snowflake.ts';
import type { Keep } from './state-rows.ts';

/** The threads of all servers, in the order in which they were made. They stand beside the servers: a forum may hold thousands of posts. */
export function createThreadStore(saved: readonly Thread[], keep: Keep) {
  const all = new Map<Snowflake, Thread>();
  const byGuild = createGroups();
  const byParent = createGroups();
  /** Of servers, in the order in which they last became active. */
  const active = createGroups();

  const hold = (thread: Thread) => {
    all.set(thread.id, thread);
    byGuild.put(thread.guild, thread);
    byParent.put(thread.parent, thread);
    if (thread.isArchived) active.remove(thread.guild, thread.id);
    else active.put(thread.guild, thread);
  };
  for (const thread of saved) hold(thread);

  return {
    find: (id: Snowflake): Thread | undefined => all.get(id),
    ofGuild: (guild: Snowflake): Thread[] => byGuild.of(guild),
    below: (parent: Snowflake): Thread[] => byParent.of(parent),
    /** Those of a server that are not archived. Cost: their number. */
    activeOf: (guild: Snowflake): Thread[] => active.of(guild),
    /** Adds it, or puts it in the place of the one with its id. */
    put(thread: Thread): void {
      hold(thread);
      keep({ kind: 'thread', parent: thread.guild, id: thread.id, body: thread });
    },
    remove({ guild, parent, id }: Thread): void {
      all.delete(id);
      byGuild.remove(guild, id);
      byParent.remove(parent, id);
      active.remove(guild, id);
      keep({ kind: 'thread', parent: guild, id, body: null });
    },
  };
}

function createGroups() {
  const groups = new Map<Snowflake, Map<Snowflake, Thread>>();
  return {
    of: (key: Snowflake): Thread[] => [...(groups.get(key)?.values() ?? [])],
    put(key: Snowflake, thread: Thread): void {
      const group = groups.get(key) ?? new Map<Snowflake, Thread>();
      groups.set(key, group.set(thread.id, thread));
    },
    remove(key: Snowflake, id: Snowflake): void {
      const group = groups.get(key);
      if (group?.delete(id) === true && group.size === 0) groups.delete(key);
    },
  };
}
