import { html, nothing } from 'lit';
import { anchor, safeUrl } from './markdown-view.js';
import { spoilerView } from './spoiler-view.js';

const sheet = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M6 2a3 3 0 0 0-3 3v14a3 3 0 0 0 3 3h12a3 3 0 0 0 3-3V9h-5a2 2 0 0 1-2-2V2H6Zm10 .500V7h4.500L16 2.500ZM7 12h10v2H7v-2Zm0 4h7v2H7v-2Z"
  />
</svg>`;

/**
 * Pictures side by side, laid out by their number as Discord does.
 * @param {readonly { media: import('./control.js').Media, description?: string | null, spoiler?: boolean }[]} items
 */
export function galleryView(items) {
  return html`<div class="gallery" data-count=${items.length}>
    ${items.map(({ media, description, spoiler }) => pictureView(media.url, description ?? '', spoiler === true))}
  </div>`;
}

/** @param {import('./control.js').Component} component */
export function thumbnailView({ media, description, spoiler }) {
  return html`<div class="thumbnail">${pictureView(media?.url, description ?? '', spoiler === true)}</div>`;
}

/**
 * A picture that opens by itself in another tab.
 * @param {string | undefined} url @param {string} description empty: there is none, and the picture says that it is an image
 * @param {boolean} spoiler
 */
function pictureView(url, description, spoiler) {
  const source = safeUrl(url);
  if (source === null)
    return html`<span class="picture broken">${description || 'This picture cannot be shown.'}</span>`;
  const picture = html`<a class="picture" href=${source} target="_blank" rel="noopener noreferrer"
    ><img src=${source} alt=${description || 'Image'} title=${description || nothing} loading="lazy"
  /></a>`;
  return spoiler ? spoilerView(picture, 'picture') : picture;
}

/** A file to take along. @param {{ url?: string, name?: string, size?: number, spoiler?: boolean }} file `size` in bytes */
export function fileView({ url, name, size, spoiler }) {
  const shown =
    name ??
    (url ?? '')
      .replace(/[?#].*/, '')
      .split('/')
      .at(-1);
  const card = html`<div class="file">
    ${sheet}
    <span><b>${anchor(url, shown)}</b>${size === undefined ? nothing : html`<small>${formatBytes(size)}</small>`}</span>
  </div>`;
  return spoiler ? spoilerView(card, 'block') : card;
}

/** @param {number} bytes @returns {string} as Discord writes it: 1024 to the step, two digits after the point */
export function formatBytes(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  const step = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${step === 0 ? bytes : (bytes / 1024 ** step).toFixed(2)} ${units[step]}`;
}
