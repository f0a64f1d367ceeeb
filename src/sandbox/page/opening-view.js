import { html, nothing } from 'lit';
import { channelIcon, threadIcon } from './icons.js';
import { tagView } from './forum-view.js';
import { isForum, isPrivate } from './world.js';

/**
 * What stands above the first message: the beginning of the place, or the way to what was said earlier.
 * @param {import('./world.js').Spot | null} spot
 * @param {{ bot: string, avatar?: string, nameOf: (id: string) => string | null, hasEarlier: boolean, stranger: string | null }} known
 *   `bot` and `avatar`: its name and picture; `nameOf`: of a person, by id; `stranger`: the name of a person who is in no server
 * @param {() => unknown} readEarlier
 */
export function openingView(spot, { bot, avatar, nameOf, hasEarlier, stranger }, readEarlier) {
  if (spot === null && stranger !== null) return strangerView(stranger);
  if (spot === null) return html`<p class="quiet opening">Nothing to see here yet.</p>`;
  if (hasEarlier) {
    return html`<div class="opening earlier">
      <button type="button" class="button secondary" @click=${readEarlier}>Earlier messages</button>
    </div>`;
  }
  if (spot.kind === 'direct') {
    return html`<div class="opening">
      ${avatar ? html`<img class="face" src=${avatar} alt="" />` : nothing}
      <h3>${bot}</h3>
      <p>This is the beginning of your direct messages with ${bot}.</p>
    </div>`;
  }
  if (spot.kind === 'channel') {
    const { channel, guild } = spot;
    return html`<div class="opening">
      <div class="emblem">${channelIcon(channel, isPrivate(guild, channel))}</div>
      <h3>Welcome to #${channel.name}!</h3>
      <p>This is the start of the #${channel.name} ${isPrivate(guild, channel) ? 'private channel' : 'channel'}.</p>
    </div>`;
  }
  const { thread, parent } = spot;
  const starter = nameOf(thread.owner_id);
  const tags = (parent.available_tags ?? []).filter(({ id }) => thread.applied_tags?.includes(id));
  return html`<div class="opening">
    ${isForum(parent) ? nothing : html`<div class="emblem">${threadIcon}</div>`}
    <h3>${thread.name}</h3>
    ${starter ? html`<p>Started by <b>${starter}</b></p>` : nothing}
    ${tags.length > 0 ? html`<p class="tags">${tags.map(tagView)}</p>` : nothing}
  </div>`;
}

/** Whom no server has let in, and how one does. @param {string} name */
function strangerView(name) {
  return html`<div class="opening">
    <h3>${name} is in no server.</h3>
    <p>Somebody lets them in by the control API, with the name of a server:</p>
    <pre>curl -X PUT ${location.origin}/control/guilds/<i>server</i>/members/${encodeURIComponent(name)}</pre>
  </div>`;
}
