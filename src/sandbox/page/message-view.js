import { html, nothing } from 'lit';
import { attachmentsView } from './attachment-view.js';
import { nameOf } from './author.js';
import { componentView } from './component-view.js';
import { embedView } from './embed-view.js';
import { isOnlyEmoji } from './markdown.js';
import { markdown } from './markdown-view.js';
import { isMentioned } from './mentions.js';
import {
  hidesEmbeds,
  isComponentsV2,
  isEphemeral,
  isFromElsewhere,
  isPublished,
  isSpoken,
  isThinking,
  messageTypes,
} from './message-kind.js';
import { reactionsView } from './reactions-view.js';
import { aboveView } from './reply-view.js';
import { systemView } from './system-view.js';
import { threadView } from './thread-view.js';
import { formatSent } from './time-format.js';

/**
 * What a message needs to know and what it can do. Without `react`, `menu` or `openThread` it offers nothing of the kind.
 *
 * @typedef {object} Around
 * @property {boolean} compact directly below one of the same author: without head and picture
 * @property {import('./markdown-view.js').Names} names
 * @property {(id: string) => string} avatarOf
 * @property {(id: string) => string | null} [colourOf] of a person's name, CSS
 * @property {{ user: string, roles: readonly string[] }} [reader] whom mentions may call upon, ids
 * @property {(message: import('./control.js').Message, press: { customId: string, values?: string[] }) => Promise<void>} press
 * @property {(message: import('./control.js').Message) => void} dismiss
 * @property {import('./control.js').Choices} [choices] of selects for people, roles and channels
 * @property {import('./reactions-view.js').React} [react]
 * @property {(message: import('./control.js').Message) => readonly import('./message-tools.js').MenuEntry[]} [menu] what else can be done with it
 * @property {(id: string) => unknown} [openThread]
 */

/** One message, an ARIA article. @param {import('./control.js').Message} message @param {Around} around @returns {unknown} */
export function messageView(message, around) {
  if (message.type === messageTypes.threadStarter) {
    // A thread begins with the message that it grew from, as it stands in the channel.
    const origin = message.referenced_message;
    if (origin) return messageView({ ...origin, id: message.id, thread: undefined, reactions: undefined }, around);
    return html`<p class="quiet" data-id=${message.id}>Sorry, we couldn't load the first message in this thread.</p>`;
  }
  return isSpoken(message) ? spokenView(message, around) : systemView(message, around);
}

/** @param {import('./control.js').Message} message @param {Around} around */
function spokenView(message, around) {
  const { compact, avatarOf, react, menu, openThread, reader } = around;
  const names = namesAround(message, around.names);
  const sent = formatSent(message.timestamp);
  const author = nameOf(message.author);
  const ephemeral = isEphemeral(message);
  const fromElsewhere = isFromElsewhere(message);
  const isCalled = reader !== undefined && isMentioned(message, reader);
  const canBeHandled = !ephemeral && !isThinking(message) && Boolean(react || menu);
  return html`<discord-message
    role="article"
    aria-label="${author}, ${sent}${ephemeral ? ', only you can see this' : ''}"
    data-id=${message.id}
    class=${ephemeral ? 'ephemeral' : isCalled ? 'mentioned' : ''}
    .author=${author}
    .avatar=${avatarOf(message.author.id)}
    .bot=${message.author.bot === true && !fromElsewhere}
    .server=${fromElsewhere}
    .roleColor=${around.colourOf?.(message.author.id) ?? ''}
    .timestamp=${sent}
    ?message-body-only=${compact}
  >
    ${aboveView(message, around)}
    ${
      canBeHandled
        ? html`<message-tools slot="reply" .message=${message} .react=${react} .menu=${menu}></message-tools>`
        : nothing
    }
    ${isThinking(message) ? thinkingView(author) : bodyView(message, names, around)} ${marksView(message)}
    ${reactionsView(message, react, names)} ${threadView(message, openThread)}
    ${ephemeral ? onlyYouView(() => around.dismiss(message)) : nothing}
  </discord-message>`;
}

/** @param {import('./control.js').Message} message @param {import('./markdown-view.js').Names} names @param {Around} around */
function bodyView(message, names, { press, choices }) {
  const hands = { names, choices, press: (/** @type {{ customId: string }} */ pressed) => press(message, pressed) };
  const components = (message.components ?? []).map((component) => componentView(component, hands));
  // Discord shows nothing else of such a message, whatever it holds.
  if (isComponentsV2(message))
    return html`<div class="components-v2">${components}</div>
      ${editedView(message)}`;
  const { content } = message;
  const text = content ? markdown(content, names) : nothing;
  const kind = isOnlyEmoji(content) ? 'markdown jumbo' : 'markdown';
  // White space counts in it: the line must not be broken.
  return html`<div class=${kind}>${text}${editedView(message)}</div>
    ${attachmentsView(message.attachments ?? [])}
    ${hidesEmbeds(message) ? nothing : (message.embeds ?? []).map((embed) => embedView(embed, names))}
    ${components.length > 0 ? html`<div slot="components">${components}</div>` : nothing}`;
}

/** Right after the last word. @param {import('./control.js').Message} message */
function editedView({ edited_timestamp: edited }) {
  return edited ? html` <time class="edited" datetime=${edited} title=${formatSent(edited)}>(edited)</time>` : nothing;
}

/** @param {string} author */
function thinkingView(author) {
  return html`<span class="thinking"><i></i><i></i><i></i> ${author} is thinking…</span>`;
}

/** @param {import('./control.js').Message} message */
function marksView(message) {
  return isPublished(message) ? html`<p slot="components" class="marks">📢 Published</p>` : nothing;
}

/** @param {() => void} dismiss */
function onlyYouView(dismiss) {
  return html`<div slot="thread" class="only-you">
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M12 5c5 0 8.500 4 9.800 7-1.300 3-4.800 7-9.800 7s-8.500-4-9.800-7C3.500 9 7 5 12 5Zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z"
      />
    </svg>
    Only you can see this •
    <button type="button" class="text-button" @click=${dismiss}>Dismiss message</button>
  </div>`;
}

/** A message brings the names of those it mentions. @param {import('./control.js').Message} message @param {import('./markdown-view.js').Names} names */
function namesAround({ mentions = [] }, names) {
  const mentioned = (/** @type {string} */ id) => mentions.find((user) => user.id === id);
  return {
    ...names,
    user: (/** @type {string} */ id) => {
      const user = mentioned(id);
      return names.user(id) ?? (user ? nameOf(user) : null);
    },
  };
}
