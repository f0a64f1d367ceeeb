import { html, nothing } from 'lit';
import { nameOf } from './author.js';
import { plainText } from './markdown.js';
import { isEphemeral, messageTypes } from './message-kind.js';

const picture = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M5 3a3 3 0 0 0-3 3v12a3 3 0 0 0 3 3h14a3 3 0 0 0 3-3V6a3 3 0 0 0-3-3H5Zm3.500 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM5 18l4-5 3 3.500 4-5.500 4 7H5Z"
  />
</svg>`;

/** @typedef {Pick<import('./message-view.js').Around, 'avatarOf' | 'colourOf'>} Faces how people look */

/**
 * The line above a message: what it answers, or which command was used.
 * @param {import('./control.js').Message} message @param {Faces} faces
 */
export function aboveView(message, faces) {
  return message.type === messageTypes.reply ? replyView(message, faces) : usedView(message, faces);
}

/** @param {import('./control.js').Message} message @param {Faces} faces */
function replyView({ referenced_message: original }, faces) {
  if (!original) return html`<p slot="reply" class="above"><i>Original message was deleted</i></p>`;
  const said = plainText(original.content);
  const hasMore =
    (original.embeds?.length ?? 0) + (original.attachments?.length ?? 0) + (original.components?.length ?? 0) > 0;
  return html`<p slot="reply" class="above">
    ${authorView(original.author, faces)}
    <button type="button" class="preview" title="Jump to this message" @click=${() => jumpTo(original.id)}>
      <span class="visually-hidden">said: </span
      >${said || html`<i>Click to see ${isEphemeral(original) ? 'the message' : 'attachment'}</i>`}
    </button>
    ${hasMore ? picture : nothing}
  </p>`;
}

/** “Ada used /search”. @param {import('./control.js').Message} message @param {Faces} faces */
function usedView(message, faces) {
  const used = message.interaction_metadata;
  const command = used?.name ?? message.interaction?.name;
  if (!used?.user || !command) return nothing;
  return html`<p slot="reply" class="above">
    ${authorView(used.user, faces)} used
    <span class="mention">${message.type === messageTypes.contextCommand ? command : `/${command}`}</span>
  </p>`;
}

/** @param {import('./control.js').Author} author @param {Faces} faces */
function authorView(author, { avatarOf, colourOf }) {
  const colour = colourOf?.(author.id);
  return html`<img class="avatar" src=${avatarOf(author.id)} alt="" /><b style=${colour ? `color: ${colour}` : nothing}
      >${nameOf(author)}</b
    >`;
}

/** Shows a message of the open channel, where the page has it, and marks it for a moment. @param {string | undefined} id */
export function jumpTo(id) {
  const element = document.querySelector(`#log [data-id="${CSS.escape(id ?? '')}"]`);
  if (!(element instanceof HTMLElement)) return;
  element.scrollIntoView({ block: 'center' });
  element.classList.remove('found');
  // Read, so that the animation starts anew.
  void element.offsetWidth;
  element.classList.add('found');
}
