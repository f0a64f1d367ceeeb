import { describe, expect, it } from 'vitest';
import { placeById } from '../../src/sandbox/access.ts';
import { startThread } from '../../src/sandbox/start-thread.ts';
import { createState } from '../../src/sandbox/state.ts';
import type { SandboxEvent } from '../../src/sandbox/state.ts';
import { emptyState } from '../../src/sandbox/state-file.ts';
import { demandOpen, noteThreadMessage, settleThread } from '../../src/sandbox/thread-activity.ts';
import { bot, readingGroup } from '../../src/sandbox/world.ts';

/** A state whose clock `pass` moves, and a thread of Ada's in it. */
function withThread() {
  let nowMs = Date.UTC(2026, 10, 22);
  const state = createState(emptyState, { now: () => nowMs, founded: [readingGroup] });
  const parent = state.guilds.list()[0]?.channels[0];
  const owner = state.people.find('Ada');
  if (parent === undefined || owner === undefined) throw new Error('the world is empty');
  const { id } = startThread(state, { parent, owner, name: 'x', autoArchive: 60 }, { type: 11 });
  const current = () => {
    const thread = state.guilds.thread(id);
    if (thread === undefined) throw new Error('the thread is gone');
    return thread;
  };
  const place = () => {
    const found = placeById(state, id);
    if (found === undefined) throw new Error('the thread is gone');
    return found;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { state, id, current, place, pass };
}

describe('noteThreadMessage', () => {
  it('counts the message and makes its author a member', () => {
    const { state, id, current } = withThread();
    noteThreadMessage(state, id, bot.id);
    expect(current().totalMessages).toBe(1);
    expect(current().members).toContain(bot.id);
  });

  it('brings an archived thread back and tells of it', () => {
    const { state, id, current } = withThread();
    state.guilds.changeThread(id, { isArchived: true });
    const heard: SandboxEvent[] = [];
    state.subscribe((event) => heard.push(event));
    noteThreadMessage(state, id, bot.id);
    expect(current().isArchived).toBe(false);
    expect(heard[0]).toMatchObject({ type: 'thread', change: 'update' });
  });

  it('refuses a locked thread but to moderators', () => {
    const { state, id, current } = withThread();
    state.guilds.changeThread(id, { isLocked: true });
    expect(() => noteThreadMessage(state, id, bot.id)).toThrow('160005');
    noteThreadMessage(state, id, state.people.find('Ada')?.id ?? '');
    expect(current().totalMessages).toBe(1);
  });

  it('does nothing in a channel', () => {
    const { state, current } = withThread();
    noteThreadMessage(state, current().parent, bot.id);
    expect(current().totalMessages).toBe(0);
  });
});

describe('demandOpen', () => {
  it('refuses edits and reactions in an archived thread, but no deletion', () => {
    const { state, id, place } = withThread();
    demandOpen(state, place(), 'edit');
    state.guilds.changeThread(id, { isArchived: true });
    expect(() => demandOpen(state, place(), 'edit')).toThrow('50083');
    expect(() => demandOpen(state, place(), 'react')).toThrow('50083');
    demandOpen(state, place(), 'delete');
  });

  it('refuses edits in a locked thread, and deletions once it is archived too', () => {
    const { state, id, place } = withThread();
    state.guilds.changeThread(id, { isLocked: true });
    expect(() => demandOpen(state, place(), 'edit')).toThrow('160005');
    demandOpen(state, place(), 'react');
    demandOpen(state, place(), 'delete');
    state.guilds.changeThread(id, { isArchived: true });
    expect(() => demandOpen(state, place(), 'delete')).toThrow('50083');
  });
});

describe('settleThread', () => {
  it('archives what was quiet for its time since it was brought back', () => {
    const { state, id, current, pass } = withThread();
    pass(60 * 60_000);
    expect(settleThread(state, current()).isArchived).toBe(true);
    noteThreadMessage(state, id, bot.id);
    pass(60 * 60_000 - 1);
    expect(settleThread(state, current()).isArchived).toBe(false);
  });
});
