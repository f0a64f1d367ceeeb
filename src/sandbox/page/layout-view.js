import { html } from 'lit';
import { spoilerView } from './spoiler-view.js';

/**
 * What arranges other components of a message.
 * @typedef {import('./control.js').Component} Component
 * @typedef {(child: Component) => unknown} Inner draws a component that stands inside
 */

/** A card, with a bar in the colour that the bot chose. @param {Component} component @param {Inner} inner */
export function containerView(component, inner) {
  const colour = component.accent_color;
  // 0 is black here: unlike an embed's, this colour can be left out.
  const style = typeof colour === 'number' ? `--accent: #${colour.toString(16).padStart(6, '0')}` : '';
  const card = html`<div class="container ${style ? 'accented' : ''}" style=${style}>
    ${(component.components ?? []).map(inner)}
  </div>`;
  return component.spoiler ? spoilerView(card, 'block') : card;
}

/** Text with a button or a picture at its right. @param {Component} component @param {Inner} inner */
export function sectionView(component, inner) {
  return html`<div class="section">
    <div class="section-text">${(component.components ?? []).map(inner)}</div>
    <div class="section-accessory">${component.accessory ? inner(component.accessory) : ''}</div>
  </div>`;
}

/** @param {Component} component */
export function separatorView({ divider, spacing }) {
  const size = spacing === 2 ? 'large' : 'small';
  return divider === false ? html`<div class="gap ${size}"></div>` : html`<hr class="gap ${size}" />`;
}
