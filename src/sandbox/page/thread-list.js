import { html } from 'lit';
import { formatSince, snowflakeMs } from './time-format.js';

/**
 * The threads of a channel, those with the latest word first.
 * @param {readonly import('./world.js').Thread[]} threads @param {(id: string) => void} openChannel
 */
export function threadListView(threads, openChannel) {
  if (threads.length === 0) {
    return html`<div class="none">
      <h3>There are no threads.</h3>
      <p class="quiet">Stay focused on a conversation with a thread — a temporary text channel.</p>
    </div>`;
  }
  const ordered = threads.toSorted((a, b) => lastActiveMs(b) - lastActiveMs(a));
  const active = ordered.filter(({ thread_metadata: { archived } }) => !archived);
  const archived = ordered.filter(({ thread_metadata: { archived: isOver } }) => isOver);
  return [groupView('Active Threads', active, openChannel), groupView('Archived Threads', archived, openChannel)];
}

/** When something was last said in it, else when it began. Epoch milliseconds. @param {import('./world.js').Thread} thread */
export function lastActiveMs({ id, last_message_id: last }) {
  return snowflakeMs(last ?? id);
}

/** @param {string} label @param {readonly import('./world.js').Thread[]} threads @param {(id: string) => void} openChannel */
function groupView(label, threads, openChannel) {
  if (threads.length === 0) return '';
  return html`<section aria-label=${label}>
    <h3>${label} — ${threads.length}</h3>
    <ul>
      ${threads.map((thread) => threadView(thread, openChannel))}
    </ul>
  </section>`;
}

/** @param {import('./world.js').Thread} thread @param {(id: string) => void} openChannel */
function threadView(thread, openChannel) {
  const {
    id,
    name,
    total_message_sent: count,
    thread_metadata: { locked },
  } = thread;
  return html`<li>
    <button type="button" popovertarget="threads" popovertargetaction="hide" @click=${() => openChannel(id)}>
      <b>${name}</b>
      <small
        >${count} ${count === 1 ? 'message' : 'messages'} ·
        ${formatSince(lastActiveMs(thread))}${locked ? ' · Locked' : ''}</small
      >
    </button>
  </li>`;
}
