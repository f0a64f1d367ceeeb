import { html } from 'lit';

/**
 * Something that is blurred until a person asks to see it. Once seen it stays so while the message stands.
 * @param {unknown} hidden @param {'block' | 'picture'} shape
 */
export function spoilerView(hidden, shape) {
  return html`<div class="covered ${shape}">
    <div class="covered-inner" inert>${hidden}</div>
    <button type="button" class="cover" @click=${uncover}><span>Spoiler</span></button>
  </div>`;
}

/** @param {Event} event */
function uncover(event) {
  const cover = event.currentTarget;
  if (!(cover instanceof HTMLElement)) return;
  const inner = cover.previousElementSibling;
  inner?.removeAttribute('inert');
  cover.parentElement?.classList.add('revealed');
  cover.hidden = true;
}
