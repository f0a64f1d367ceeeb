import { html, nothing } from 'lit';

/**
 * What the rail and the list of channels show.
 * @typedef {{ world: import('./control.js').World, user: import('./control.js').User, direct: readonly { id: string }[],
 *   channel: string | null, home: boolean, unread: ReadonlySet<string>, light: boolean, open: boolean }} Places
 *   `home`: the list shows direct messages; `open`: it is out, on a narrow screen
 * @typedef {{ openChannel: (id: string) => void, openHome: () => void, openGuild: () => void, switchUser: (id: string) => void,
 *   toggleTheme: () => void, toggleSidebar: () => void }} Moves
 */

const letter = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M3 6.500A2.500 2.500 0 0 1 5.500 4h13A2.500 2.500 0 0 1 21 6.500l-9 5.600-9-5.600Zm0 2.300 8.500 5.300a1 1 0 0 0 1 0L21 8.800v8.700a2.500 2.500 0 0 1-2.500 2.500h-13A2.500 2.500 0 0 1 3 17.500V8.800Z"
  />
</svg>`;
const sun = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Zm-1-6h2v4h-2V1Zm0 18h2v4h-2v-4ZM1 11h4v2H1v-2Zm18 0h4v2h-4v-2ZM4.200 2.800 7 5.600 5.600 7 2.800 4.200l1.400-1.400ZM18.400 17l2.800 2.800-1.400 1.400-2.800-2.800 1.400-1.400ZM19.800 2.800l1.400 1.400L18.400 7 17 5.600l2.800-2.800ZM5.600 17 7 18.400l-2.800 2.800-1.400-1.400L5.600 17Z"
  />
</svg>`;
const chevrons = html`<svg class="chevrons" viewBox="0 0 24 24" aria-hidden="true">
  <path d="m12 3 5 6H7l5-6Zm0 18-5-6h10l-5 6Z" />
</svg>`;
export const hash = html`<svg class="hash" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M10.990 3.160A1 1 0 1 0 9 2.840L8.150 8H4a1 1 0 0 0 0 2h3.820l-.67 4H3a1 1 0 1 0 0 2h3.820l-.8 4.840a1 1 0 0 0 1.970.320L8.850 16h4.970l-.8 4.840a1 1 0 0 0 1.970.320l.86-5.160H20a1 1 0 1 0 0-2h-3.820l.67-4H21a1 1 0 1 0 0-2h-3.820l.8-4.840a1 1 0 1 0-1.970-.320L15.150 8h-4.970l.81-4.840ZM14.150 14l.67-4H9.850l-.67 4h4.970Z"
  />
</svg>`;

/** The round pictures at the left edge. @param {Places} places @param {Moves} moves */
export function railView({ world, user, direct, home, unread }, moves) {
  const inGuild = user.role !== 'outsider';
  const directUnread = direct.filter(({ id }) => unread.has(id)).length;
  const guildUnread = world.channels.some(({ id }) => unread.has(id));
  return html`
    <button
      type="button"
      class="server home"
      aria-label="Direct messages"
      title="Direct messages"
      aria-current=${home ? 'true' : 'false'}
      @click=${moves.openHome}
    >
      ${letter}${directUnread > 0 ? html`<span class="badge">${directUnread}</span>` : nothing}
    </button>
    <hr />
    ${
      inGuild
        ? html`<button
            type="button"
            class="server ${guildUnread ? 'unread' : ''}"
            aria-label=${world.guild.name}
            title=${world.guild.name}
            aria-current=${home ? 'false' : 'true'}
            @click=${moves.openGuild}
          >
            ${initials(world.guild.name)}
          </button>`
        : nothing
    }
  `;
}

/** The list of channels or direct messages, and who one is. @param {Places} places @param {Moves} moves */
export function sidebarView(places, moves) {
  const { world, home, open } = places;
  return html`
    <button
      type="button"
      class="backdrop"
      aria-label="Close the list of channels"
      ?hidden=${!open}
      @click=${moves.toggleSidebar}
    ></button>
    <aside class="sidebar" ?data-open=${open}>
      <h1>${home ? 'Direct Messages' : world.guild.name}</h1>
      <nav aria-label=${home ? 'Direct messages' : 'Channels'}>
        ${home ? directList(places, moves) : channelList(places, moves)}
      </nav>
      ${userPanel(places, moves)}
    </aside>
  `;
}

/** @param {Places} places @param {Moves} moves */
function channelList({ world, channel, unread }, moves) {
  return html`<h2>Text Channels</h2>
    <ul>
      ${world.channels.map((listed) => entry(listed.id, html`${hash}<span>${listed.name}</span>`, channel, unread, moves))}
    </ul>`;
}

/** @param {Places} places @param {Moves} moves */
function directList({ world, direct, channel, unread }, moves) {
  if (direct.length === 0) {
    return html`<p class="quiet">No direct messages yet. A bot opens one when it has something for you alone.</p>`;
  }
  const bot = world.bot;
  const face = html`${bot ? html`<img class="avatar" src=${bot.avatar} alt="" />` : nothing}<span
      >${bot?.name ?? 'Bot'}</span
    >`;
  return html`<ul>
    ${direct.map(({ id }) => entry(id, face, channel, unread, moves))}
  </ul>`;
}

/** @param {string} id @param {unknown} face @param {string | null} current @param {ReadonlySet<string>} unread @param {Moves} moves */
function entry(id, face, current, unread, moves) {
  const isUnread = unread.has(id);
  return html`<li>
    <a
      href="#${id}"
      class="channel ${isUnread ? 'unread' : ''}"
      aria-current=${id === current ? 'page' : 'false'}
      @click=${(/** @type {Event} */ event) => {
        event.preventDefault();
        moves.openChannel(id);
      }}
      >${face}${isUnread ? html`<span class="visually-hidden">unread</span>` : nothing}</a
    >
  </li>`;
}

/** Who one is; a press opens the list of whom one can be. @param {Places} places @param {Moves} moves */
function userPanel({ world, user, light }, moves) {
  const theme = light ? 'Dark theme' : 'Light theme';
  return html`<section class="user-panel" aria-label="You are">
    <button type="button" class="user" popovertarget="people" title="Be somebody else">
      ${personView(user)}<span class="visually-hidden">, be somebody else</span>${chevrons}
    </button>
    <div id="people" class="people" popover aria-label="Be somebody else">
      <p>Be somebody else</p>
      ${world.users.map(
        (each) =>
          html`<button
            type="button"
            class="user"
            popovertarget="people"
            popovertargetaction="hide"
            aria-pressed=${each.id === user.id ? 'true' : 'false'}
            @click=${() => moves.switchUser(each.id)}
          >
            ${personView(each)}
          </button>`,
      )}
    </div>
    <button type="button" class="icon-button" aria-label=${theme} title=${theme} @click=${moves.toggleTheme}>
      ${sun}
    </button>
  </section>`;
}

/** @param {import('./control.js').User} person */
function personView({ name, avatar, role }) {
  return html`<img class="avatar" src=${avatar} alt="" /><span><b>${name}</b><small>${roleText(role)}</small></span>`;
}

/** @param {import('./control.js').User['role']} role */
function roleText(role) {
  if (role === 'admin') return 'Administrator';
  return role === 'member' ? 'Member' : 'Not in this server';
}

/** “Systems Reading Group” is SRG. @param {string} name */
function initials(name) {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 3);
}
