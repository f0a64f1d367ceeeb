import { html, nothing } from 'lit';
import { emojiText } from './button-view.js';

/**
 * @callback React
 * @param {import('./control.js').Message} message
 * @param {string} emoji a sign, or `name:id` of a server's own, as in Discord's paths
 * @param {boolean} on false takes one's own reaction back
 * @returns {unknown}
 */

/**
 * The reactions below a message; a press gives or takes one's own.
 * @param {import('./control.js').Message} message @param {React | undefined} react @param {import('./markdown-view.js').Names} names
 */
export function reactionsView(message, react, names) {
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return nothing;
  return html`<div slot="reactions" class="reactions" role="group" aria-label="Reactions">
    ${reactions.map((reaction) => {
      const { emoji, count, me } = reaction;
      const sign = emojiText(emoji);
      return html`<button
        type="button"
        class="reaction"
        aria-pressed=${me ? 'true' : 'false'}
        aria-label="${sign}, ${count} ${count === 1 ? 'reaction' : 'reactions'}"
        title=${whoReacted(reaction, names)}
        ?disabled=${react === undefined}
        @click=${() => react?.(message, emojiName(emoji), !me)}
      >
        <span class="emoji">${sign}</span><span class="count">${count}</span>
      </button>`;
    })}
  </div>`;
}

/** As Discord's paths name it. @param {import('./control.js').Emoji} emoji */
function emojiName({ id, name }) {
  return id ? `${name}:${id}` : (name ?? '');
}

/** “Ada and Mika reacted with 👍”. @param {import('./control.js').Reaction} reaction @param {import('./markdown-view.js').Names} names */
function whoReacted({ emoji, users = [], count }, names) {
  const known = users.flatMap((id) => names.user(id) ?? []);
  const others = count - known.length;
  const all = [...known, ...(others > 0 ? [known.length > 0 ? `${others} more` : `${others}`] : [])];
  return `${new Intl.ListFormat('en').format(all)} reacted with ${emojiText(emoji)}`;
}
