import { html, nothing } from 'lit';
import { componentsView } from './component-view.js';
import { embedView } from './embed-view.js';
import { anchor, markdown, safeUrl } from './markdown-view.js';
import { formatSent } from './time-format.js';

const ephemeralFlag = 64;
const loadingFlag = 128;

/** @param {import('./control.js').Message} message */
function isEphemeral(message) {
  return ((message.flags ?? 0) & ephemeralFlag) !== 0;
}

/** An answer that was deferred and has not come yet. @param {import('./control.js').Message} message */
function isThinking(message) {
  return ((message.flags ?? 0) & loadingFlag) !== 0;
}

/**
 * One message, an ARIA article.
 *
 * @param {import('./control.js').Message} message
 * @param {object} around
 * @param {boolean} around.compact directly below one of the same author: without head and picture
 * @param {import('./markdown-view.js').Names} around.names
 * @param {(id: string) => string} around.avatarOf
 * @param {(message: import('./control.js').Message, press: { customId: string, values?: string[] }) => Promise<void>} around.press
 * @param {(message: import('./control.js').Message) => void} around.dismiss
 */
export function messageView(message, { compact, names, avatarOf, press, dismiss }) {
  const sent = formatSent(message.timestamp);
  const author = nameOf(message.author);
  const ephemeral = isEphemeral(message);
  return html`<discord-message
    role="article"
    aria-label="${author}, ${sent}${ephemeral ? ', only you can see this' : ''}"
    data-id=${message.id}
    class=${ephemeral ? 'ephemeral' : ''}
    .author=${author}
    .avatar=${avatarOf(message.author.id)}
    .bot=${message.author.bot === true}
    .timestamp=${sent}
    ?message-body-only=${compact}
    ?edited=${Boolean(message.edited_timestamp) && !isThinking(message)}
  >
    ${usedView(message, avatarOf)}
    ${
      isThinking(message)
        ? html`<span class="thinking"><i></i><i></i><i></i> ${author} is thinking…</span>`
        : html`<div class="markdown">${message.content ? markdown(message.content, names) : nothing}</div>`
    }
    ${(message.attachments ?? []).map(attachmentView)} ${(message.embeds ?? []).map((embed) => embedView(embed, names))}
    ${componentsView(message, (pressed) => press(message, pressed))}
    ${
      ephemeral
        ? html`<div slot="components" class="only-you">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path
                d="M12 5c5 0 8.500 4 9.800 7-1.300 3-4.800 7-9.800 7s-8.500-4-9.800-7C3.500 9 7 5 12 5Zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z"
              />
            </svg>
            Only you can see this •
            <button type="button" class="text-button" @click=${() => dismiss(message)}>Dismiss message</button>
          </div>`
        : nothing
    }
  </discord-message>`;
}

/** @param {import('./control.js').Author} author the name shown to people */
export function nameOf(author) {
  return author.global_name ?? author.username;
}

/** A picture as such, anything else as a link. @param {import('./control.js').Attachment} attachment */
function attachmentView({ url, filename, content_type: type, description }) {
  const href = safeUrl(url);
  return href && type?.startsWith('image/')
    ? html`<img slot="attachments" class="attachment" src=${href} alt=${description ?? filename} />`
    : html`<p slot="attachments">${anchor(url, filename)}</p>`;
}

/** “Ada used /search”. @param {import('./control.js').Message} message @param {(id: string) => string} avatarOf */
function usedView(message, avatarOf) {
  const used = message.interaction_metadata;
  const command = used?.name ?? message.interaction?.name;
  if (!used?.user || !command) return nothing;
  return html`<p slot="reply" class="used">
    <img class="avatar" src=${avatarOf(used.user.id)} alt="" /><b>${nameOf(used.user)}</b> used
    <span class="mention">/${command}</span>
  </p>`;
}
