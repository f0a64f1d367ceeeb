import { html, nothing } from 'lit';

/**
 * The thread that grew from a message, below it.
 * @param {import('./control.js').Message} message @param {((id: string) => unknown) | undefined} openThread
 */
export function threadView({ thread }, openThread) {
  if (!thread) return nothing;
  const { id, name, message_count: count = 0 } = thread;
  return html`<button
    type="button"
    slot="thread"
    class="thread"
    ?disabled=${!openThread}
    @click=${() => openThread?.(id)}
  >
    <b>${name}</b> <span>${count} ${count === 1 ? 'Message' : 'Messages'} ›</span>
  </button>`;
}
