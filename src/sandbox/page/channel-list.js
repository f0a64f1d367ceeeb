import { html, nothing } from 'lit';
import { channelIcon, chevron, kindName } from './icons.js';
import { channelTree, isPrivate } from './world.js';

/**
 * @typedef {{ channel: string | null, unread: import('./unread.js').Unread, folded: ReadonlySet<string>, user: { id: string } }} Seen
 *   `channel`: id of the one that is open
 * @typedef {{ openChannel: (id: string) => void, toggleCategory: (id: string) => void }} Moves
 */

/** The channels of a server in their categories. @param {import('./world.js').Guild} guild @param {Seen} seen @param {Moves} moves */
export function channelListView(guild, seen, moves) {
  const tree = channelTree(guild);
  if (tree.length === 0) return html`<p class="quiet">There is no channel here that you can see.</p>`;
  return tree.map(({ category, channels }) => {
    const isFolded = category !== null && seen.folded.has(category.id);
    // What is open or new is listed even so, as in Discord.
    const listed = isFolded ? channels.filter((channel) => isLively(guild, channel, seen)) : channels;
    const list = html`<ul>
      ${listed.map((channel) => channelView(guild, channel, seen, moves))}
    </ul>`;
    if (category === null) return list;
    return html`<section class="category" aria-label=${category.name}>
      <h2>
        <button
          type="button"
          aria-expanded=${isFolded ? 'false' : 'true'}
          @click=${() => moves.toggleCategory(category.id)}
        >
          <span>${category.name}</span>${chevron}
        </button>
      </h2>
      ${list}
    </section>`;
  });
}

/** @param {import('./world.js').Guild} guild @param {import('./world.js').GuildChannel} channel @param {Seen} seen */
function isLively(guild, channel, { channel: open, unread }) {
  const ids = [
    channel.id,
    ...guild.threads.filter(({ parent_id: parent }) => parent === channel.id).map(({ id }) => id),
  ];
  return ids.some((id) => id === open || unread.has(id));
}

/** @param {import('./world.js').Guild} guild @param {import('./world.js').GuildChannel} channel @param {Seen} seen @param {Moves} moves */
function channelView(guild, channel, seen, moves) {
  const threads = listedThreads(guild, channel, seen);
  const face = html`${channelIcon(channel, isPrivate(guild, channel))}<span class="name">${channel.name}</span>`;
  const kind = isPrivate(guild, channel) ? `${kindName(channel)}, private` : kindName(channel);
  return html`<li>
    ${entryView(channel.id, face, seen, moves, { kind })}
    ${
      threads.length === 0
        ? nothing
        : html`<ul class="threads" aria-label="Threads in ${channel.name}">
            ${threads.map(
              ({ id, name }) =>
                html`<li>
                  ${entryView(id, html`<span class="name">${name}</span>`, seen, moves, { kind: 'Thread', className: 'thread-entry' })}
                </li>`,
            )}
          </ul>`
    }
  </li>`;
}

/**
 * The threads below a channel: active ones that the person takes part in, as in Discord, and the open one.
 * @param {import('./world.js').Guild} guild @param {import('./world.js').GuildChannel} channel @param {Seen} seen
 */
function listedThreads({ threads }, channel, { channel: open, user }) {
  return threads.filter(({ id, parent_id: parent, members, thread_metadata: { archived } }) => {
    if (parent !== channel.id) return false;
    return id === open || (!archived && members.includes(user.id));
  });
}

/**
 * A channel, thread or private channel in the list.
 * @param {string} id @param {unknown} face @param {Pick<Seen, 'channel' | 'unread'>} seen @param {Pick<Moves, 'openChannel'>} moves
 * @param {{ kind?: string, className?: string }} [how]
 */
export function entryView(id, face, { channel, unread }, { openChannel }, { kind = '', className = '' } = {}) {
  const mentions = unread.get(id);
  const isUnread = mentions !== undefined;
  return html`<a
    href="#${id}"
    class="channel ${className} ${isUnread ? 'unread' : ''}"
    aria-description=${kind || nothing}
    aria-current=${id === channel ? 'page' : 'false'}
    @click=${(/** @type {Event} */ event) => {
      event.preventDefault();
      openChannel(id);
    }}
    >${face}${isUnread ? html`<span class="visually-hidden">unread</span>` : nothing}${
      mentions
        ? html`<span class="count"
            >${mentions}<span class="visually-hidden"> ${mentions === 1 ? 'mention' : 'mentions'}</span></span
          >`
        : nothing
    }</a
  >`;
}
