import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { nameOf } from './author.js';
import { isEphemeral, isSpoken, isThinking, messageTypes } from './message-kind.js';
import { messageView } from './message-view.js';
import { formatDay, sameDay } from './time-format.js';

/** Messages of one author this close together share one head, as in Discord. */
const groupMs = 7 * 60_000;
/** Within this distance of the end the log follows new messages. */
const nearEndPx = 60;

/**
 * The column of messages. It stays at its end while the reader is there; otherwise it says that something came.
 *
 * @param {HTMLElement} root
 */
export function createMessageLog(root) {
  let following = true;
  let lastTop = 0;
  let unseen = 0;
  /** @type {string | null} */
  let shown = null;
  let lastId = '0';
  let redraw = nothingYet;
  // Lit draws beside what is there already: the sentence that the page came with.
  root.replaceChildren();

  const scroller = () => root.querySelector('.scroller');
  const moveToEnd = () => {
    const element = scroller();
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    lastTop = element.scrollTop;
  };
  const toEnd = () => {
    following = true;
    unseen = 0;
    moveToEnd();
    redraw();
  };
  /** Where the reader is by now: the event that tells of it comes a frame late, and a message may come before it. */
  const look = () => {
    const element = scroller();
    if (!element) return;
    const nearEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    // The end also runs away from a reader who stands still, when messages grow: only going up is leaving it.
    if (nearEnd || element.scrollTop < lastTop) following = nearEnd;
    lastTop = element.scrollTop;
  };
  const scrolled = () => {
    look();
    if (following && unseen > 0) {
      unseen = 0;
      redraw();
    }
  };
  // Elements grow after they are drawn (fonts, pictures, shadow roots), and the window may shrink.
  const grown = new ResizeObserver(() => {
    look();
    if (following) moveToEnd();
  });

  return {
    toEnd,
    /**
     * @param {object} view
     * @param {string | null} view.channel id
     * @param {string} view.label for people who hear the page
     * @param {unknown} view.opening what stands above the first message
     * @param {readonly import('./control.js').Message[] | null} view.messages oldest first; null while they are being read
     * @param {boolean} view.light
     * @param {Omit<Parameters<typeof messageView>[1], 'compact'>} view.around
     */
    draw({ channel, label, opening, messages, light, around }) {
      const newest = messages?.at(-1)?.id ?? '0';
      look();
      if (channel !== shown) {
        following = true;
        unseen = 0;
      } else if (!following && messages) {
        unseen += messages.filter(({ id }) => isYounger(id, lastId)).length;
      }
      shown = channel;
      lastId = newest;
      redraw = () => {
        const template = html`<div
            class="scroller"
            role="log"
            tabindex="0"
            aria-label=${label}
            aria-busy=${messages === null ? 'true' : 'false'}
            @scroll=${scrolled}
          >
            <div class="column">
              ${opening}
              ${keyed(
                // The theme reaches the message components only when they are made.
                `${channel} ${light}`,
                html`<discord-messages .lightTheme=${light} no-background>
                  ${repeat(
                    messages ?? [],
                    ({ id }) => id,
                    (message, index) => entry(message, messages?.[index - 1], around),
                  )}
                </discord-messages>`,
              )}
            </div>
          </div>
          ${
            unseen > 0
              ? html`<button type="button" class="new-messages" @click=${toEnd}>
                  <span>${unseen} new ${unseen === 1 ? 'message' : 'messages'}</span><span>Jump to present ↓</span>
                </button>`
              : nothing
          }`;
        render(template, root);
        const element = scroller();
        const column = element?.firstElementChild;
        if (element && column) {
          grown.observe(column);
          grown.observe(element);
          if (following) moveToEnd();
        }
      };
      redraw();
    },
  };
}

/** What there is to draw again before the first drawing. */
function nothingYet() {}

/** @param {import('./control.js').Message} message @param {import('./control.js').Message | undefined} above @param {Omit<Parameters<typeof messageView>[1], 'compact'>} around */
function entry(message, above, around) {
  const newDay = !above || !sameDay(above.timestamp, message.timestamp);
  const day = newDay
    ? html`<div class="day" role="separator" aria-label=${formatDay(message.timestamp)}>
        <span>${formatDay(message.timestamp)}</span>
      </div>`
    : nothing;
  const compact = !newDay && above !== undefined && continues(above, message);
  return [day, messageView(message, { ...around, compact })];
}

/** @param {import('./control.js').Message} above @param {import('./control.js').Message} message */
function continues(above, message) {
  return (
    isSpoken(above) &&
    isSpoken(message) &&
    message.type !== messageTypes.reply &&
    above.author.id === message.author.id &&
    nameOf(above.author) === nameOf(message.author) &&
    !message.interaction_metadata &&
    isEphemeral(above) === isEphemeral(message) &&
    isThinking(above) === isThinking(message) &&
    Date.parse(message.timestamp) - Date.parse(above.timestamp) < groupMs
  );
}

/** Snowflakes grow with time. @param {string} id @param {string} than */
function isYounger(id, than) {
  return BigInt(id) > BigInt(than);
}
