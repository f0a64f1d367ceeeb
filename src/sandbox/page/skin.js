import { DiscordActionRow } from '@skyra/discord-components-core/discord-action-row.js';
import { DiscordAuthorInfo } from '@skyra/discord-components-core/discord-author-info.js';
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js';
import { DiscordEmbedDescription } from '@skyra/discord-components-core/discord-embed-description.js';
import { DiscordEmbedField } from '@skyra/discord-components-core/discord-embed-field.js';
import { DiscordEmbedFields } from '@skyra/discord-components-core/discord-embed-fields.js';
import { DiscordEmbedFooter } from '@skyra/discord-components-core/discord-embed-footer.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import { DiscordMessages } from '@skyra/discord-components-core/discord-messages.js';
import { DiscordVerifiedAuthorTag } from '@skyra/discord-components-core/discord-verified-author-tag.js';
import { css } from 'lit';
import { FileUpload } from './file-upload.js';
import { MessageTools } from './message-tools.js';
import { PinnedList } from './pinned-list.js';
import { SelectMenu } from './select-menu.js';

/** Discord's present colours inside the message components, which draw those of 2021 into their shadow roots. */
const skins = /** @type {const} */ ([
  [
    DiscordMessage,
    css`
      :host {
        font-family: var(--font);
      }
      .discord-message-timestamp,
      :host([light-theme]) .discord-message-timestamp {
        color: var(--text-quiet);
        margin-left: 4px;
      }
      .discord-message-content {
        min-width: 0;
        line-height: 1.375;
      }
      .discord-author-avatar {
        margin-top: 2px;
      }
      .discord-message-inner-center {
        align-items: flex-start;
      }
      .discord-message-body-only-indent,
      :host([light-theme]) .discord-message-body-only-indent {
        flex: none;
        margin-left: 0;
      }
      .discord-message-timestamp-hover::before {
        content: none !important;
      }
    `,
  ],
  [
    DiscordAuthorInfo,
    css`
      :host .discord-author-username,
      :host([light-theme]) .discord-author-username {
        color: var(--text-strong);
      }
      :host .discord-author-username:hover {
        cursor: inherit;
        text-decoration: none;
      }
    `,
  ],
  [
    DiscordVerifiedAuthorTag,
    css`
      :host {
        font-weight: 600;
        border-radius: 4px;
      }
    `,
  ],
  [
    DiscordEmbed,
    css`
      :host .discord-embed-wrapper,
      :host([light-theme]) .discord-embed-wrapper {
        background-color: var(--embed-ground);
        border-color: var(--embed-edge);
        border-left: none;
      }
      /* The second column is for a picture: where there is none, a footer across both must not open it. */
      :host .discord-embed-wrapper .discord-embed-grid {
        grid-template-columns: minmax(0, 1fr) min-content;
      }
      :host .discord-left-border,
      :host([light-theme]) .discord-left-border {
        background-color: var(--embed-bar);
      }
    `,
  ],
  [
    DiscordMessages,
    css`
      :host {
        border: 0;
        color: var(--text);
        font-family: var(--font);
        line-height: 1.375;
      }
    `,
  ],
  [
    DiscordEmbedDescription,
    css`
      :host {
        margin-top: 8px;
        font-size: 14px;
        line-height: 1.3;
      }
    `,
  ],
  [
    DiscordEmbedFields,
    css`
      :host {
        grid-template-columns: repeat(12, 1fr);
      }
    `,
  ],
  [
    DiscordEmbedField,
    css`
      :host {
        font-size: 14px;
        line-height: 1.3;
      }
    `,
  ],
  [
    DiscordEmbedFooter,
    css`
      :host,
      :host([light-theme]) {
        gap: 8px;
        color: var(--text);
        font-size: 12px;
      }
    `,
  ],
  [
    DiscordActionRow,
    css`
      :host {
        gap: 4px 8px;
        margin: 4px 0;
      }
    `,
  ],
]);

/**
 * Makes the elements of messages and forms known, and dresses those of the package.
 * Lit gives `elementStyles` to each element when it is made, so this must run before the first one is.
 */
export function dressMessages() {
  for (const [element, skin] of skins) element.elementStyles.push(skin);
  customElements.define('select-menu', SelectMenu);
  customElements.define('message-tools', MessageTools);
  customElements.define('file-upload', FileUpload);
  customElements.define('pinned-list', PinnedList);
}
