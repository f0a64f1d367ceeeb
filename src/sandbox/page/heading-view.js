import { html, nothing } from 'lit';
import { hash } from './places.js';

/**
 * The line above the messages: where one is, and what went wrong last.
 * @param {{ name: string | null, topic: string, notice: string, open: boolean }} shown `name`: `#channel` or `@bot`
 * @param {{ toggleSidebar: () => void }} moves `toggleSidebar`: shows or hides the list of channels on a narrow screen
 */
export function headingView({ name, topic, notice, open }, { toggleSidebar }) {
  return html`<button
      type="button"
      class="icon-button menu"
      aria-label="Channels"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${toggleSidebar}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 5h18v2H3V5Zm0 6h18v2H3v-2Zm0 6h18v2H3v-2Z" /></svg>
    </button>
    ${name === null ? nothing : html`<h2>${name.startsWith('#') ? hash : html`<span class="hash">@</span>`}${name.slice(1)}</h2>`}
    ${topic ? html`<p class="topic">${topic}</p>` : nothing}
    ${notice ? html`<p class="notice" role="alert">${notice}</p>` : nothing}`;
}

/** What stands above the first message. @param {string | null} name `#channel` or `@bot` */
export function openingView(name) {
  if (name === null) return html`<p class="quiet opening">Nothing to see here yet.</p>`;
  const bare = name.slice(1);
  return name.startsWith('#')
    ? html`<div class="opening">
        <h3>Welcome to ${name}!</h3>
        <p>This is the start of the ${name} channel.</p>
      </div>`
    : html`<div class="opening">
        <h3>${bare}</h3>
        <p>This is the beginning of your direct messages with ${bare}.</p>
      </div>`;
}
