import { html, nothing } from 'lit';
import { anchor, markdown, safeUrl } from './markdown-view.js';
import { formatSent } from './time-format.js';

/**
 * One embed: the frame is discord-components', the text our own, because its attributes for titles take no Markdown.
 * @param {import('./control.js').Embed} embed
 * @param {import('./markdown-view.js').Names} names
 */
export function embedView(embed, names) {
  const image = safeUrl(embed.image?.url) ?? undefined;
  const thumbnail = safeUrl(embed.thumbnail?.url) ?? undefined;
  return html`<discord-embed slot="embeds" .color=${colourOf(embed.color)} .image=${image} .thumbnail=${thumbnail}>
    <discord-embed-description slot="description">
      ${embed.author ? html`<div class="embed-author">${authorView(embed.author)}</div>` : nothing}
      ${
        embed.title ? html`<div class="embed-title">${anchor(embed.url, titleView(embed.title, names))}</div>` : nothing
      }
      ${embed.description ? html`<div class="embed-text markdown">${markdown(embed.description, names)}</div>` : nothing}
    </discord-embed-description>
    ${embed.fields?.length ? fieldsView(embed.fields, names) : nothing}
    ${embed.footer || embed.timestamp ? footerView(embed) : nothing}
  </discord-embed>`;
}

/** @param {{ name: string, url?: string, icon_url?: string }} author */
function authorView(author) {
  const icon = safeUrl(author.icon_url);
  return [icon ? html`<img src=${icon} alt="" />` : nothing, anchor(author.url, author.name)];
}

/** A title has a link of its own: what it says as Markdown links stays text. @param {string} title @param {import('./markdown-view.js').Names} names */
function titleView(title, names) {
  return markdown(title.replaceAll('](', ']\\('), names);
}

/** @param {import('./control.js').Embed} embed */
function footerView({ footer, timestamp }) {
  const icon = safeUrl(footer?.icon_url);
  const when = timestamp ? formatSent(timestamp) : null;
  return html`<discord-embed-footer slot="footer">
    ${icon ? html`<img src=${icon} alt="" />` : nothing}<span>${[footer?.text, when].filter(Boolean).join(' • ')}</span>
  </discord-embed-footer>`;
}

/** @param {readonly import('./control.js').EmbedField[]} fields @param {import('./markdown-view.js').Names} names */
function fieldsView(fields, names) {
  const columns = fieldColumns(fields);
  return html`<discord-embed-fields slot="fields">
    ${fields.map(
      (field, index) =>
        html`<discord-embed-field style="grid-column: ${columns[index]}">
          <div class="field-name">${markdown(field.name, names)}</div>
          <div class="markdown">${markdown(field.value, names)}</div>
        </discord-embed-field>`,
    )}
  </discord-embed-fields>`;
}

/**
 * Discord lays inline fields three to a row, two where only two are left, on a grid of twelve columns.
 * @param {readonly { inline?: boolean }[]} fields @returns {string[]} CSS `grid-column` of each
 */
function fieldColumns(fields) {
  /** @type {string[]} */
  const columns = [];
  for (let at = 0; at < fields.length;) {
    let inline = 0;
    while (inline < 3 && fields[at + inline]?.inline) inline++;
    if (inline <= 1) {
      columns.push('1 / 13');
      at++;
      continue;
    }
    for (let place = 0; place < inline; place++) {
      columns.push(`${1 + (12 / inline) * place} / ${1 + (12 / inline) * (place + 1)}`);
    }
    at += inline;
  }
  return columns;
}

/** @param {number | null | undefined} colour 0xRRGGBB; Discord shows 0 as no colour */
function colourOf(colour) {
  return colour ? `#${colour.toString(16).padStart(6, '0')}` : undefined;
}
