import { html, LitElement, nothing } from 'lit';
import { nameOf } from './author.js';
import { readPins } from './control.js';
import { markdown } from './markdown-view.js';
import { jumpTo } from './reply-view.js';
import { formatSent } from './time-format.js';

/** @typedef {import('./control.js').Message} Message */

/** The pinned messages of a channel, newest pin first, read each time the popover around it opens. */
export class PinnedList extends LitElement {
  /** @override */
  static properties = { messages: { state: true }, failure: { state: true }, names: { attribute: false } };

  constructor() {
    super();
    /** Where to look and through whose eyes, ids. */
    this.channel = '';
    this.user = '';
    /** @type {import('./markdown-view.js').Names} */
    this.names = { user: () => null, channel: () => null };
    /** @type {readonly Message[] | null} null while they are being read */
    this.messages = null;
    this.failure = '';
  }

  /** @override */
  createRenderRoot() {
    return this;
  }

  /** Reads them anew. */
  async load() {
    const { channel, user } = this;
    this.messages = null;
    this.failure = '';
    try {
      const pinned = await readPins(channel, user);
      if (channel === this.channel && user === this.user) this.messages = pinned;
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown.message : String(thrown);
    }
  }

  /** @override */
  render() {
    const { messages, failure } = this;
    if (failure) return html`<p class="quiet" role="alert">${failure}</p>`;
    if (messages === null) return html`<p class="quiet">Loading…</p>`;
    if (messages.length === 0) {
      return html`<p class="quiet">This channel doesn't have any pinned messages… yet.</p>`;
    }
    return html`<ul>
      ${messages.map((message) => this.entry(message))}
    </ul>`;
  }

  /** @param {Message} message */
  entry(message) {
    const { author, content, timestamp, embeds = [] } = message;
    const titles = embeds.flatMap(({ title }) => title ?? []);
    return html`<li class="pinned">
      <img class="avatar" src="/avatars/${author.id}.svg" alt="" />
      <div class="pinned-message">
        <p><b>${nameOf(author)}</b> <time datetime=${timestamp}>${formatSent(timestamp)}</time></p>
        <div class="markdown">${content ? markdown(content, this.names) : nothing}</div>
        ${titles.map((title) => html`<div class="markdown pinned-title">${markdown(title, this.names)}</div>`)}
      </div>
      <button
        type="button"
        class="button secondary"
        popovertarget="pins"
        popovertargetaction="hide"
        @click=${() => jumpTo(message.id)}
      >
        Jump
      </button>
    </li>`;
  }
}
