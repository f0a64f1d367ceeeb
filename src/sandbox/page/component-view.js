import { html, nothing } from 'lit';
import { buttonView } from './button-view.js';
import { containerView, sectionView, separatorView } from './layout-view.js';
import { markdown } from './markdown-view.js';
import { fileView, galleryView, thumbnailView } from './media-view.js';

const types = /** @type {const} */ ({
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
});

/**
 * @typedef {object} Hands what the components of a message need
 * @property {import('./button-view.js').Press} press
 * @property {import('./markdown-view.js').Names} names
 * @property {import('./control.js').Choices} [choices] of selects for people, roles and channels; none without it
 */

/**
 * One component with all that it holds. A kind that is not known here shows nothing, as in an old client.
 * @param {import('./control.js').Component} component @param {Hands} hands @returns {unknown}
 */
export function componentView(component, hands) {
  const inner = (/** @type {import('./control.js').Component} */ child) => componentView(child, hands);
  switch (component.type) {
    case types.actionRow:
      return html`<discord-action-row>${(component.components ?? []).map(inner)}</discord-action-row>`;
    case types.button:
      return buttonView(component, hands.press);
    case types.stringSelect:
    case types.userSelect:
    case types.roleSelect:
    case types.mentionableSelect:
    case types.channelSelect:
      return html`<select-menu
        .component=${component}
        .choices=${hands.choices}
        .send=${(/** @type {string[]} */ values) => hands.press({ customId: component.custom_id ?? '', values })}
      ></select-menu>`;
    case types.section:
      return sectionView(component, inner);
    case types.textDisplay:
      return html`<div class="text-display markdown">${markdown(component.content ?? '', hands.names)}</div>`;
    case types.thumbnail:
      return thumbnailView(component);
    case types.mediaGallery:
      return galleryView(component.items ?? []);
    case types.file:
      return fileView({ ...component, url: component.file?.url });
    case types.separator:
      return separatorView(component);
    case types.container:
      return containerView(component, inner);
    default:
      return nothing;
  }
}
