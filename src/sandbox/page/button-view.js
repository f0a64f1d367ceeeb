import { html, nothing } from 'lit';
import { safeUrl } from './markdown-view.js';

const linkStyle = 5;
const classOfStyle = ['', 'primary', 'secondary', 'success', 'danger', 'secondary', 'premium'];

/**
 * @typedef {(press: { customId: string, values?: string[] }) => Promise<void>} Press sends what a person pressed or chose
 */

/** @param {import('./control.js').Component} component @param {Press} press */
export function buttonView(component, press) {
  const emoji = emojiText(component.emoji);
  const label = component.label ?? '';
  const face = html`${emoji ? html`<span class="emoji" aria-hidden=${label ? 'true' : 'false'}>${emoji}</span>` : nothing}${
    label ? html`<span>${label}</span>` : nothing
  }`;
  const href = safeUrl(component.url);
  if (component.style === linkStyle && href && !component.disabled) {
    return html`<a class="button secondary" href=${href} target="_blank" rel="noopener noreferrer"
      >${face}<svg class="launch" viewBox="0 0 24 24" aria-hidden="true">
        <path
          d="M15 2a1 1 0 1 0 0 2h3.6l-8.3 8.3a1 1 0 1 0 1.4 1.4L20 5.4V9a1 1 0 1 0 2 0V3a1 1 0 0 0-1-1h-6ZM5 4a3 3 0 0 0-3 3v12a3 3 0 0 0 3 3h12a3 3 0 0 0 3-3v-6a1 1 0 1 0-2 0v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h6a1 1 0 1 0 0-2H5Z"
        /></svg
    ></a>`;
  }
  return html`<button
    type="button"
    class="button ${classOfStyle[component.style ?? 2] ?? 'secondary'}"
    ?disabled=${component.disabled === true}
    @click=${(/** @type {Event} */ event) => whilePressed(event, () => press({ customId: component.custom_id ?? '' }))}
  >
    ${face}
  </button>`;
}

/** A sign, or the name of a server's own emoji, whose picture only Discord has. @param {import('./control.js').Emoji | undefined} emoji */
export function emojiText(emoji) {
  if (!emoji?.name) return '';
  return emoji.id ? `:${emoji.name}:` : emoji.name;
}

/** Shows that the press is under way, and takes no second one meanwhile. @param {Event} event @param {() => Promise<void>} send */
async function whilePressed(event, send) {
  const pressed = event.currentTarget;
  if (!(pressed instanceof HTMLElement) || pressed.getAttribute('aria-busy') === 'true') return;
  pressed.setAttribute('aria-busy', 'true');
  await send();
  pressed.removeAttribute('aria-busy');
}
