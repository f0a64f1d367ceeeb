import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/message.ts';
import { createState } from '../../src/sandbox/state.ts';
import { emptyState } from '../../src/sandbox/state-file.ts';
import { savedFromRows } from '../../src/sandbox/saved-from-rows.ts';
import type { Row } from '../../src/sandbox/state-rows.ts';
import { startThread } from '../../src/sandbox/start-thread.ts';
import { applicationId, bot, readingGroup } from '../../src/sandbox/world.ts';
import { saying } from './page-world.ts';

const general = '1325752373408628798';
const organisers = '1325751861595799600';
const star = { id: null, name: '⭐' };

/** A state, what it wants kept, and what a restart would find of that. */
function withRows(founded = [readingGroup]) {
  const rows: Row[] = [];
  const state = createState(emptyState, {
    now: () => Date.UTC(2026, 10, 22),
    founded,
    keep: (row) => rows.push(row),
  });
  return {
    state,
    /** The rows since this was last asked. */
    heard: () => rows.splice(0).map(({ kind, id, body }) => `${body === null ? '-' : '+'}${kind} ${id}`),
    kept() {
      const last = new Map(rows.map((row) => [`${row.kind} ${row.parent} ${row.id}`, row]));
      const stored = [...last.values()].flatMap((row) =>
        row.body === null ? [] : [{ ...row, body: JSON.stringify(row.body) }],
      );
      return savedFromRows(stored, ({ kind, id }) => {
        throw new Error(`${String(kind)} ${String(id)} does not fit`);
      });
    },
  };
}

type State = ReturnType<typeof withRows>['state'];

function say(state: State, onlyFor: string | null = null): Message {
  const message = saying(state.nextId(), general, 'hi');
  state.addMessage(message, onlyFor);
  return message;
}

describe('what is kept', () => {
  it('is what changed and nothing else', () => {
    const { state, heard } = withRows();
    const message = say(state);
    expect(heard()).toEqual([`+message ${message.id}`]);
    state.react(message, star, bot.id, true);
    expect(heard()).toEqual([`+reactions ${message.id}`, `+message ${message.id}`]);
    state.typing(general, bot.id);
    expect(heard()).toEqual([]);
    // A server that every start makes is kept whole once it differs, and by its parts from then on.
    state.guilds.changeChannel(general, { topic: 'x' });
    expect(heard()).toHaveLength(1 + readingGroup.channels.length + readingGroup.members.length);
    state.guilds.changeChannel(general, { topic: 'y' });
    expect(heard()).toEqual([`+channel ${general}`]);
    state.guilds.changeGuild(readingGroup.id, { name: 'z' });
    expect(heard()).toEqual([`+guild ${readingGroup.id}`]);
    state.guilds.removeMember(readingGroup.id, '1325751093876555803');
    expect(heard()).toEqual(['-member 1325751093876555803']);
  });

  it('is never an ephemeral message, whatever becomes of it', () => {
    const { state, heard } = withRows();
    const message = say(state, bot.id);
    state.replaceMessage({ ...message, content: 'edited' });
    state.replaceSilently({ ...message, content: 'again' });
    state.removeMessage(general, message.id);
    expect(heard()).toEqual([]);
  });

  it('is also what nobody is told of: the count of a thread', () => {
    const { state, kept } = withRows();
    const parent = state.guilds.channel(general);
    const owner = state.people.find('Ada');
    if (parent === undefined || owner === undefined) throw new Error('the world is empty');
    const { id } = startThread(state, { parent, owner, name: 'x', autoArchive: 60 }, { type: 11 });
    state.guilds.countMessage(id);
    expect(kept().threads).toEqual([state.guilds.thread(id)]);
    expect(kept().threads[0]?.totalMessages).toBe(1);
    state.guilds.removeChannel(general);
    expect(kept()).toMatchObject({ threads: [], messages: {} });
  });

  it('goes with a server, which stays removed', () => {
    const { state, kept } = withRows();
    state.guilds.changeGuild(readingGroup.id, { name: 'x' });
    state.pin(say(state), true);
    expect(kept()).toMatchObject({ guilds: [{ name: 'x' }], pins: { [general]: [{}] } });
    state.guilds.removeGuild(readingGroup.id);
    expect(kept()).toEqual({ ...emptyState, removedGuilds: [readingGroup.id] });
  });
});

describe('the oldest message of a full channel', () => {
  it('goes with its reactions and its pin', () => {
    const { state, kept } = withRows();
    const first = say(state);
    state.react(first, star, bot.id, true);
    state.pin(first, true);
    for (let sent = 1; sent < 5_000; sent += 1) say(state);
    expect(state.firstMessage(general)?.id).toBe(first.id);
    say(state);
    expect(state.findMessage(general, first.id)).toBeUndefined();
    expect(state.reactions.of(first.id)).toEqual([]);
    expect(state.pins.of(general)).toEqual([]);
    const { messages, reactions, pins } = kept();
    expect(messages[general]).toHaveLength(5_000);
    expect({ reactions, pins }).toEqual({ reactions: {}, pins: {} });
  });
});

describe('lastMessage, countVisible', () => {
  it('know nothing of what only one person sees', () => {
    const { state } = withRows();
    const seen = say(state);
    const hidden = [say(state, bot.id), say(state, bot.id)].map(({ id }) => id);
    expect([state.lastMessage(general)?.id, state.countVisible(general)]).toEqual([seen.id, 1]);
    state.removeMessages(general, hidden.slice(1));
    state.removeMessage(general, seen.id);
    expect([state.lastMessage(general), state.countVisible(general)]).toEqual([undefined, 0]);
    expect(state.visibleMessages(general, bot.id).map(({ id }) => id)).toEqual(hidden.slice(0, 1));
  });
});

describe('permissions of commands', () => {
  const command = { id: '20', name: 'search', type: 1 };
  const own = { id: '21', name: 'here', type: 1, guild_id: readingGroup.id };
  /** What Organisers, the channel and one person may do with two commands and with all. */
  function withPermissions() {
    const kit = withRows();
    const { state } = kit;
    state.setCommands(undefined, [command]);
    state.setCommands(readingGroup.id, [own]);
    const about = (id: string, ...targets: string[]) =>
      state.setCommandPermissions({
        id,
        guild: readingGroup.id,
        permissions: targets.map((target) => ({ id: target, type: 1, permission: false })),
      });
    about(command.id, organisers, general, '12');
    about(own.id, organisers);
    about(applicationId, general);
    return { ...kit, left: () => kit.kept().commandPermissions.map(({ id, permissions }) => [id, permissions.length]) };
  }

  it('go with the role and the channel that they are about', () => {
    const { state, left } = withPermissions();
    const role = readingGroup.roles.find(({ id }) => id === organisers);
    if (role === undefined) throw new Error('there are no organisers');
    state.guilds.removeRole(readingGroup.id, role);
    expect(left()).toEqual([
      [command.id, 2],
      [applicationId, 1],
    ]);
    state.guilds.removeChannel(general);
    expect(left()).toEqual([[command.id, 1]]);
    expect(state.commandPermissions.ofGuild(readingGroup.id)).toHaveLength(1);
  });

  it('go with their command, and stay as other scopes change', () => {
    const { state, left } = withPermissions();
    state.setCommands(readingGroup.id, []);
    expect(left().map(([id]) => id)).toEqual([command.id, applicationId]);
    state.setCommands(undefined, [{ ...command, name: 'renamed' }]);
    expect(left().map(([id]) => id)).toEqual([applicationId]);
  });

  it.each([
    ['the server', (state: State) => state.guilds.removeGuild(readingGroup.id)],
    ['the bot', (state: State) => state.guilds.removeMember(readingGroup.id, bot.id)],
  ])('go with %s, as do the commands of the server', (_, remove) => {
    const { state, left } = withPermissions();
    remove(state);
    expect(left()).toEqual([]);
    expect(state.commands()).toEqual([command]);
  });
});
