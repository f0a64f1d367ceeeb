import { html, LitElement, nothing } from 'lit';
import { placePopup } from './place-popup.js';

const emojis = '👍 👎 ❤️ 🎉 👀 🔖 😀 😂 😮 😢 🙏 🔥 ✅ ❌ ⭐ 🚀 💡 📌'.split(' ');

const smiley = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    fill-rule="evenodd"
    d="M12 23a11 11 0 1 0 0-22 11 11 0 0 0 0 22ZM6.500 13a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm11 0a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm-9.300 1.900a1 1 0 0 1 1.400.3c1.100 1.700 3.700 1.700 4.800 0a1 1 0 0 1 1.700 1.100 4.900 4.900 0 0 1-8.200 0 1 1 0 0 1 .3-1.400Z"
  />
</svg>`;
const dots = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm8 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm8 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z" />
</svg>`;

/**
 * What can be done with a message.
 * @typedef {{ label: string, run: () => unknown, isGrave?: boolean } | { label: string, entries: readonly MenuEntry[] }} MenuEntry `isGrave`: it cannot be undone; the latter is a group under its label
 */

/** The small bar over a message that a person points at or comes to by keyboard: add a reaction, more. */
export class MessageTools extends LitElement {
  /** @override */
  static properties = { shown: { state: true }, react: { attribute: false }, menu: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./control.js').Message | undefined} */
    this.message = undefined;
    /** @type {import('./reactions-view.js').React | undefined} */
    this.react = undefined;
    /** @type {((message: import('./control.js').Message) => readonly MenuEntry[]) | undefined} */
    this.menu = undefined;
    /** Which of its two lists is out. @type {'emojis' | 'menu' | null} */
    this.shown = null;
  }

  /** @override */
  createRenderRoot() {
    return this;
  }

  /** @override */
  render() {
    return html`<div class="tools" role="toolbar" aria-label="Message actions">
      ${this.react ? this.opener('emojis', 'Add reaction', smiley) : nothing}
      ${this.menu ? this.opener('menu', 'More', dots) : nothing}
      ${this.shown === null ? nothing : this.list(this.shown)}
    </div>`;
  }

  /** @override */
  updated() {
    const popup = this.querySelector('[popover]');
    const opener = this.querySelector('[aria-expanded=true]');
    if (!(popup instanceof HTMLElement) || !(opener instanceof HTMLElement) || popup.matches(':popover-open')) return;
    popup.showPopover();
    placePopup(popup, opener);
    popup.querySelector('button')?.focus();
  }

  /** @param {'emojis' | 'menu'} name @param {string} label @param {unknown} face */
  opener(name, label, face) {
    return html`<button
      type="button"
      class="tool"
      aria-label=${label}
      title=${label}
      aria-haspopup="menu"
      aria-expanded=${this.shown === name ? 'true' : 'false'}
      @mousedown=${keepFocus}
      @click=${() => {
        this.shown = this.shown === name ? null : name;
      }}
    >
      ${face}
    </button>`;
  }

  /** @param {'emojis' | 'menu'} name */
  list(name) {
    const inner =
      name === 'emojis' ? emojis.map((emoji) => this.emojiButton(emoji)) : this.entries(this.entriesOfMenu());
    return html`<div
      class=${name}
      role="menu"
      aria-label=${name === 'emojis' ? 'Add reaction' : 'More'}
      popover="manual"
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.pressed(event)}
      @focusout=${(/** @type {FocusEvent} */ { relatedTarget }) => {
        if (document.hasFocus() && !(relatedTarget instanceof Node && this.contains(relatedTarget))) this.shown = null;
      }}
    >
      ${inner}
    </div>`;
  }

  entriesOfMenu() {
    return (this.message && this.menu?.(this.message)) || [];
  }

  /** @param {string} emoji */
  emojiButton(emoji) {
    const mine = this.message?.reactions?.some((each) => each.me && each.emoji.name === emoji) === true;
    return html`<button
      type="button"
      role="menuitemcheckbox"
      aria-checked=${mine ? 'true' : 'false'}
      @click=${() => this.choose(() => this.message && this.react?.(this.message, emoji, !mine))}
    >
      ${emoji}
    </button>`;
  }

  /** @param {readonly MenuEntry[]} entries @returns {unknown} */
  entries(entries) {
    if (entries.length === 0) return html`<p class="quiet">Nothing to do here</p>`;
    return entries.map((entry) =>
      'entries' in entry
        ? html`<div role="group" aria-label=${entry.label}>
            <p aria-hidden="true">${entry.label}</p>
            ${this.entries(entry.entries)}
          </div>`
        : html`<button
            type="button"
            role="menuitem"
            class=${entry.isGrave ? 'grave' : nothing}
            @click=${() => this.choose(entry.run)}
          >
            ${entry.label}
          </button>`,
    );
  }

  /** @param {() => unknown} run */
  choose(run) {
    this.back();
    run();
  }

  /** Closes the list; focus goes back to what opened it. */
  back() {
    const opener = this.querySelector('[aria-expanded=true]');
    this.shown = null;
    if (opener instanceof HTMLElement) opener.focus();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const items = [...this.querySelectorAll('[popover] button')].filter((item) => item instanceof HTMLElement);
    const at = items.findIndex((item) => item === document.activeElement);
    const across =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    if (event.key === 'Escape') this.back();
    else if (across !== 0) items.at((at + across) % items.length)?.focus();
    else return;
    event.preventDefault();
  }
}

/** Else the list would close as it loses the focus, and the click that is to close it would open it again. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}
