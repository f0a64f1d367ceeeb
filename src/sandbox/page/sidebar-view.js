import { html } from 'lit';
import { channelListView, entryView } from './channel-list.js';
import { userPanelView } from './user-panel.js';

/**
 * What the list of channels shows.
 * @typedef {{ world: import('./world.js').World, user: import('./world.js').Person, direct: readonly { id: string }[], channel: string | null,
 *   guild: string | null, unread: import('./unread.js').Unread, folded: ReadonlySet<string>, light: boolean, open: boolean }} Places
 *   `guild`: whose channels are listed, null for direct messages; `open`: the list is out, on a narrow screen
 * @typedef {import('./channel-list.js').Moves & import('./user-panel.js').Moves & { toggleSidebar: () => void }} Moves
 */

/** The list of channels or direct messages, and who one is. @param {Places} places @param {Moves} moves */
export function sidebarView(places, moves) {
  const { world, open } = places;
  const guild = world.guilds.find(({ id }) => id === places.guild);
  return html`
    <button
      type="button"
      class="backdrop"
      aria-label="Close the list of channels"
      ?hidden=${!open}
      @click=${moves.toggleSidebar}
    ></button>
    <aside class="sidebar" ?data-open=${open}>
      <h1>${guild?.name ?? 'Direct Messages'}</h1>
      <nav aria-label=${guild ? 'Channels' : 'Direct messages'}>
        ${guild ? channelListView(guild, places, moves) : directListView(places, moves)}
      </nav>
      ${userPanelView({ ...places, guild }, moves)}
    </aside>
  `;
}

/** @param {Places} places @param {Moves} moves */
function directListView(places, moves) {
  const { world, direct } = places;
  if (direct.length === 0) {
    return html`<p class="quiet">No direct messages yet. A bot opens one when it has something for you alone.</p>`;
  }
  const { name, avatar } = world.bot;
  const face = html`<img class="avatar" src=${avatar} alt="" /><span class="name">${name}</span>`;
  return html`<ul>
    ${direct.map(({ id }) => html`<li>${entryView(id, face, places, moves)}</li>`)}
  </ul>`;
}
