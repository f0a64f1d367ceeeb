import { MessageFlags } from 'discord-api-types/v10';
import { threadObject } from './channel-objects.ts';
import type { Thread } from './guild.ts';
import type { SandboxState } from './state.ts';
import { archiveQuietThreads } from './thread-activity.ts';

/** How long a thread may stay in the list after its time, where nobody looks. */
const sweepMs = 60_000;

/**
 * Keeps threads true while the sandbox runs: archives those in which nothing was said for long, and the messages that they were started
 * from show them as they are.
 */
export function keepThreads(state: SandboxState) {
  const unsubscribe = state.subscribe((event) => {
    if (event.type === 'thread' && event.change !== 'create') showInStarter(state, event.thread, event.change);
    if (event.type !== 'message' && event.type !== 'message_delete') return;
    const thread = state.guilds.thread('message' in event ? event.message.channel_id : event.channel);
    if (thread !== undefined) showInStarter(state, thread, 'update');
  });
  const timer = setInterval(() => {
    for (const guild of state.guilds.list()) archiveQuietThreads(state, guild);
  }, sweepMs);
  timer.unref();
  return {
    close(): void {
      clearInterval(timer);
      unsubscribe();
    },
  };
}

function showInStarter(state: SandboxState, thread: Thread, change: 'update' | 'delete'): void {
  const starter = state.findMessage(thread.parent, thread.id);
  if (starter?.thread === undefined) return;
  if (change === 'update') {
    state.replaceSilently({ ...starter, thread: threadObject(thread, state) });
    return;
  }
  const { thread: _gone, ...plain } = starter;
  state.replaceMessage({ ...plain, flags: plain.flags & ~MessageFlags.HasThread });
}
