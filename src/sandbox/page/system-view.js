import { html, nothing } from 'lit';
import { nameOf } from './author.js';
import { messageTypes } from './message-kind.js';
import { jumpTo } from './reply-view.js';
import { formatSent } from './time-format.js';

const pin =
  'M16 3a1 1 0 0 0-1-1H9a1 1 0 0 0 0 2v5.600l-2.700 3.600A1 1 0 0 0 7 15h4v6a1 1 0 1 0 2 0v-6h4a1 1 0 0 0 .8-1.600L15 9.600V4a1 1 0 0 0 1-1Z';
const thread =
  'M5 3a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h1v3a1 1 0 0 0 1.700.7L11.400 18H19a3 3 0 0 0 3-3V6a3 3 0 0 0-3-3H5Zm2 4h10v2H7V7Zm0 4h7v2H7v-2Z';
const arrow =
  'M13.300 4.300a1 1 0 0 1 1.400 0l7 7a1 1 0 0 1 0 1.400l-7 7a1 1 0 0 1-1.400-1.400L18.600 13H3a1 1 0 1 1 0-2h15.600l-5.300-5.300a1 1 0 0 1 0-1.400Z';

/**
 * What Discord itself says of something that happened: a line with a sign instead of a picture.
 * @param {import('./control.js').Message} message
 * @param {{ openThread?: (id: string) => unknown }} around
 */
export function systemView(message, { openThread }) {
  const who = nameOf(message.author);
  const sent = formatSent(message.timestamp);
  const { sign, text } = tell(message, openThread);
  return html`<div class="system" role="article" aria-label="${who}, ${sent}" data-id=${message.id}>
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${sign} /></svg>
    <p><b>${who}</b> ${text} <time datetime=${message.timestamp}>${sent}</time></p>
  </div>`;
}

/** @param {import('./control.js').Message} message @param {((id: string) => unknown) | undefined} openThread */
function tell(message, openThread) {
  const { type, content, message_reference: reference, mentions } = message;
  const other = mentions?.[0] ? nameOf(mentions[0]) : 'somebody';
  switch (type) {
    case messageTypes.pinned:
      return {
        sign: pin,
        text: html`pinned ${press('a message', () => jumpTo(reference?.message_id))} to this channel. See all
          <button type="button" class="text-button" popovertarget="pins">pinned messages</button>.`,
      };
    case messageTypes.threadCreated: {
      const id = reference?.channel_id;
      const name = html`<b>${content}</b>`;
      return {
        sign: thread,
        text: html`started a thread: ${id && openThread ? press(name, () => openThread(id)) : name}.`,
      };
    }
    case messageTypes.followed:
      return {
        sign: arrow,
        text: html`has added <b>${content}</b> to this channel. Its most important updates will show up here.`,
      };
    case messageTypes.channelRenamed:
      return { sign: arrow, text: html`changed the channel name: <b>${content}</b>` };
    case messageTypes.recipientAdded:
      return { sign: arrow, text: html`added <b>${other}</b> to the thread.` };
    case messageTypes.recipientRemoved:
      return { sign: arrow, text: html`removed <b>${other}</b> from the thread.` };
    case messageTypes.joined:
      return { sign: arrow, text: 'just joined the server.' };
    default:
      return { sign: arrow, text: content || nothing };
  }
}

/** @param {unknown} face @param {() => unknown} run */
function press(face, run) {
  return html`<button type="button" class="text-button" @click=${run}>${face}</button>`;
}
