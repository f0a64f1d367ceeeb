import { html, nothing } from 'lit';
import { threadIcon } from './icons.js';
import { parseMarkdown } from './markdown.js';
import { formatTimestamp } from './time-format.js';

/**
 * Names of what messages mention, by Discord id.
 * @typedef {{ user(id: string): string | null, channel(id: string): string | null, role?(id: string): string | null,
 *   isThread?(id: string): boolean }} Names
 */

/**
 * Discord Markdown as page elements. Text goes through Lit, which sets it as text, never as HTML.
 * @param {string} text @param {Names} names
 */
export function markdown(text, names) {
  return parseMarkdown(text).map((node) => view(node, names));
}

/**
 * An address as bots may link to, or null: anything but http and https could run a script.
 * @param {string | null | undefined} url
 */
export function safeUrl(url) {
  if (!url || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}

/** A link out of the page. @param {string | null | undefined} url @param {unknown} content @param {string} [className] */
export function anchor(url, content, className = '') {
  const href = safeUrl(url);
  if (href === null) return content;
  return html`<a class=${className || nothing} href=${href} target="_blank" rel="noopener noreferrer">${content}</a>`;
}

/** @param {import('./markdown.js').Node} node @param {Names} names @returns {unknown} */
function view(node, names) {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'pre':
      return html`<pre><code>${node.text}</code></pre>`;
    case 'emoji':
      return node.name;
    case 'time':
      return html`<time datetime=${isoOf(node.seconds)} title=${formatTimestamp(node.seconds, 'F')}
        >${formatTimestamp(node.seconds, node.style)}</time
      >`;
    case 'mention':
      return mentionView(node, names);
    default:
      return container(
        node,
        node.children.map((child) => view(child, names)),
      );
  }
}

/** @param {Extract<import('./markdown.js').Node, { children: unknown }>} node @param {unknown} inner */
function container(node, inner) {
  switch (node.kind) {
    case 'strong':
      return html`<strong>${inner}</strong>`;
    case 'em':
      return html`<em>${inner}</em>`;
    case 'underline':
      return html`<u>${inner}</u>`;
    case 'strike':
      return html`<s>${inner}</s>`;
    case 'subtext':
      return html`<small>${inner}</small>`;
    case 'quote':
      return html`<blockquote>${inner}</blockquote>`;
    case 'item':
      return html`<li>${inner}</li>`;
    case 'list':
      return node.start === null
        ? html`<ul>
            ${inner}
          </ul>`
        : html`<ol start=${node.start}>
            ${inner}
          </ol>`;
    case 'heading':
      return html`<div class="heading level-${node.level}" role="heading" aria-level=${node.level + 2}>${inner}</div>`;
    case 'link':
      return anchor(node.url, inner);
    default:
      // No button element: once revealed, what it holds can be a link.
      return html`<span
        class="spoiler"
        role="button"
        tabindex="0"
        aria-label="Spoiler"
        @click=${reveal}
        @keydown=${revealByKey}
        ><span inert>${inner}</span></span
      >`;
  }
}

/** @param {Event} event */
function reveal(event) {
  const spoiler = event.currentTarget;
  if (!(spoiler instanceof HTMLElement)) return;
  spoiler.classList.add('revealed');
  spoiler.firstElementChild?.removeAttribute('inert');
  for (const name of ['aria-label', 'role', 'tabindex']) spoiler.removeAttribute(name);
}

/** @param {KeyboardEvent} event */
function revealByKey(event) {
  if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  reveal(event);
}

/** A channel that the reader can open is a link to it. @param {Extract<import('./markdown.js').Node, { kind: 'mention' }>} mention @param {Names} names */
function mentionView({ of, id, name }, names) {
  const channel = of === 'channel' ? names.channel(id) : null;
  if (channel !== null && names.isThread?.(id)) {
    return html`<a class="mention thread-mention" href="#${id}" title=${channel}
      >${threadIcon}<span>${channel}</span></a
    >`;
  }
  if (channel !== null) return html`<a class="mention" href="#${id}">#${channel}</a>`;
  const shown =
    of === 'user'
      ? `@${names.user(id) ?? 'unknown-user'}`
      : of === 'role'
        ? `@${names.role?.(id) ?? 'unknown-role'}`
        : of === 'channel'
          ? '#unknown'
          : name;
  return html`<span class="mention">${shown}</span>`;
}

/** @param {number} seconds */
function isoOf(seconds) {
  const at = new Date(seconds * 1000);
  return Number.isNaN(at.getTime()) ? nothing : at.toISOString();
}
