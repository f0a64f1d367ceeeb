import { html } from 'lit';
import { chevrons, sun } from './icons.js';

/**
 * @typedef {{ switchUser: (id: string) => void, toggleTheme: () => void }} Moves
 */

/**
 * Who one is; a press opens the list of whom one can be.
 * @param {{ world: import('./world.js').World, user: import('./world.js').Person, guild: import('./world.js').Guild | undefined, light: boolean }} places
 * @param {Moves} moves
 */
export function userPanelView({ world, user, guild, light }, moves) {
  const theme = light ? 'Dark theme' : 'Light theme';
  return html`<section class="user-panel" aria-label="You are">
    <button type="button" class="user" popovertarget="people" title="Be somebody else">
      ${personView(user, guild)}<span class="visually-hidden">, be somebody else</span>${chevrons}
    </button>
    <div id="people" class="people" popover role="group" aria-label="Be somebody else">
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
            ${personView(each, guild)}
          </button>`,
      )}
    </div>
    <button type="button" class="icon-button" aria-label=${theme} title=${theme} @click=${moves.toggleTheme}>
      ${sun}
    </button>
  </section>`;
}

/** @param {import('./world.js').Person} person @param {import('./world.js').Guild | undefined} guild */
function personView({ id, name, avatar, role, locale }, guild) {
  const isHere = guild?.members.some(({ user }) => user === id);
  const rank = role === 'admin' ? 'Admin' : role === 'member' || isHere ? 'Member' : 'Outsider';
  return html`<img class="avatar" src=${avatar} alt="" /><span><b>${name}</b><small>${rank} · ${locale}</small></span>`;
}
