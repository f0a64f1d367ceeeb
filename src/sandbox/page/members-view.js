import { html, nothing } from 'lit';
import { readableColour } from './role-colour.js';
import { everybody } from './world.js';

/**
 * @typedef {{ id: string, name: string, avatar: string, isBot: boolean, isOwner: boolean, roles: readonly import('./world.js').Role[] }} Listed
 *   `roles`: highest first
 */

/**
 * The list at the right: who is in the server. People who are played are always online; the bot is while it is connected.
 * @param {import('./world.js').World} world @param {import('./world.js').Guild} guild @param {{ toggleMembers: () => void }} moves
 */
export function membersView(world, guild, { toggleMembers }) {
  const listed = membersOf(world, guild);
  const isOnline = (/** @type {Listed} */ { isBot }) => !isBot || world.isBotConnected;
  const groups = groupsOf(listed.filter(isOnline));
  const offline = listed.filter((member) => !isOnline(member));
  return html`<button
      type="button"
      class="backdrop"
      aria-label="Close the list of members"
      @click=${toggleMembers}
    ></button>
    <aside class="members" aria-label="Members">
      ${groups.map(({ name, members }) => groupView(name, members))}
      ${offline.length > 0 ? groupView('Offline', offline) : nothing}
    </aside>`;
}

/** @param {import('./world.js').World} world @param {import('./world.js').Guild} guild @returns {Listed[]} by name */
function membersOf(world, guild) {
  const known = everybody(world);
  return guild.members
    .flatMap(({ user, roles, nick }) => {
      const person = known.find(({ id }) => id === user);
      if (!person) return [];
      const held = guild.roles.filter(({ id }) => roles.includes(id)).toSorted((a, b) => b.position - a.position);
      const { id, name, avatar } = person;
      return [{ id, avatar, name: nick ?? name, isBot: id === world.bot.id, isOwner: id === guild.owner, roles: held }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Roles that a server shows apart, highest first, then everybody else. @param {readonly Listed[]} members */
function groupsOf(members) {
  const roles = [...new Set(members.flatMap((member) => apart(member) ?? []))].toSorted(
    (a, b) => b.position - a.position,
  );
  return [
    ...roles.map((role) => ({ name: role.name, members: members.filter((member) => apart(member) === role) })),
    { name: 'Online', members: members.filter((member) => !apart(member)) },
  ].filter(({ members: inside }) => inside.length > 0);
}

/** The role that a member is listed under. @param {Listed} member */
function apart({ roles }) {
  return roles.find(({ hoist }) => hoist);
}

/** @param {string} name @param {readonly Listed[]} members */
function groupView(name, members) {
  const isOffline = name === 'Offline';
  return html`<section aria-label=${name}>
    <h2>${name} — ${members.length}</h2>
    <ul>
      ${members.map((member) => memberView(member, isOffline))}
    </ul>
  </section>`;
}

/** @param {Listed} member @param {boolean} isOffline */
function memberView({ name, avatar, isBot, isOwner, roles }, isOffline) {
  const colour = roles.find(({ color }) => color !== 0)?.color;
  // The role that a bot brings along bears its name already.
  const shown = roles.filter(({ managed }) => !managed).map((role) => role.name);
  return html`<li class="member" ?data-offline=${isOffline}>
    <span class="presence"><img class="avatar" src=${avatar} alt="" /></span>
    <span class="who">
      <b style=${colour === undefined ? nothing : `color: ${readableColour(colour)}`}>${name}</b>
      ${isBot ? html`<span class="app-tag">APP</span>` : nothing}
      ${isOwner ? html`<span class="crown" role="img" aria-label="Server owner" title="Server owner">👑</span>` : nothing}
      ${shown.length > 0 ? html`<small>${shown.join(', ')}</small>` : nothing}
    </span>
  </li>`;
}
