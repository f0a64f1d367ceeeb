import { html, nothing } from 'lit';
import { fileView, galleryView } from './media-view.js';

const spoilerPrefix = 'SPOILER_';

/**
 * The files that came with a message: pictures together, everything else below, each on a line.
 * @param {readonly import('./control.js').Attachment[]} attachments
 */
export function attachmentsView(attachments) {
  if (attachments.length === 0) return nothing;
  const pictures = attachments.filter(isPicture).map(({ url, filename, description }) => ({
    media: { url },
    description: description ?? filename.replace(spoilerPrefix, ''),
    spoiler: filename.startsWith(spoilerPrefix),
  }));
  const files = attachments.filter((attachment) => !isPicture(attachment));
  return html`<div slot="attachments">
    ${pictures.length > 0 ? galleryView(pictures) : nothing}
    ${files.map(({ url, filename, size }) => {
      const spoiler = filename.startsWith(spoilerPrefix);
      return fileView({ url, size, spoiler, name: spoiler ? filename.slice(spoilerPrefix.length) : filename });
    })}
  </div>`;
}

/** @param {import('./control.js').Attachment} attachment */
function isPicture({ content_type: type }) {
  return type?.startsWith('image/') === true;
}
