import { html, nothing } from 'lit';
import { letter } from './icons.js';
import { newsIn } from './unread.js';
import { tileText } from './world.js';

/**
 * The round pictures at the left edge: direct messages, then a button for each server.
 *
 * @param {{ world: import('./world.js').World, direct: readonly { id: string }[], guild: string | null, unread: import('./unread.js').Unread }} places
 *   `guild`: id of the one that is open, null for direct messages
 * @param {{ openHome: () => void, openGuild: (id: string) => void, findGuild: (wanted: string) => unknown }} moves
 */
export function railView({ world, direct, guild, unread }, { openHome, openGuild, findGuild }) {
  const names = world.guilds.map(({ name }) => name);
  const directMentions = newsIn(unread, direct) ?? 0;
  return html`
    ${serverView({ name: 'Direct Messages', face: letter, isCurrent: guild === null, mentions: directMentions || null, className: 'home' }, openHome)}
    <hr />
    ${world.guilds.map(({ id, name, channels, threads }) =>
      serverView(
        {
          name,
          face: tileText(name, names),
          isCurrent: id === guild,
          mentions: newsIn(unread, [...channels, ...threads]),
        },
        () => openGuild(id),
      ),
    )}
    ${world.moreGuilds > 0 ? moreView(world.moreGuilds, findGuild) : nothing}
  `;
}

/**
 * @param {{ name: string, face: unknown, isCurrent: boolean, mentions: number | null, className?: string }} server `mentions`: null without news
 * @param {() => void} open
 */
function serverView({ name, face, isCurrent, mentions, className = '' }, open) {
  const news =
    mentions === null ? '' : mentions === 0 ? ', unread' : `, ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`;
  return html`<div class="server-place">
    <button
      type="button"
      class="server ${className} ${mentions === null ? '' : 'unread'}"
      aria-label="${name}${news}"
      aria-current=${isCurrent ? 'true' : 'false'}
      @click=${open}
      @pointerenter=${placeTip}
      @focus=${placeTip}
    >
      <span>${face}</span>${mentions ? html`<span class="badge">${mentions > 99 ? '99+' : mentions}</span>` : nothing}
    </button>
    <span class="tip" aria-hidden="true">${name}</span>
  </div>`;
}

/** Servers that are not listed, and how to reach one. @param {number} count @param {(wanted: string) => unknown} find by id or name */
function moreView(count, find) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const wanted = new FormData(form).get('server');
    if (typeof wanted === 'string') void find(wanted);
    form.hidePopover();
    form.reset();
  };
  return html`<button type="button" class="more" popovertarget="more-servers">
      +${new Intl.NumberFormat('en').format(count)} more
    </button>
    <form id="more-servers" class="more-servers" popover aria-label="Find a server" @submit=${submit}>
      <input
        name="server"
        required
        autofocus
        autocomplete="off"
        aria-label="Name or id"
        placeholder="Name or id of a server"
      />
      <button type="submit" class="button primary">Open</button>
    </form>`;
}

/** The rail scrolls, so what stands beside it is laid over the page. @param {Event} event */
function placeTip({ currentTarget }) {
  if (!(currentTarget instanceof HTMLElement)) return;
  const tip = currentTarget.nextElementSibling;
  const { top, height, right } = currentTarget.getBoundingClientRect();
  if (tip instanceof HTMLElement) {
    tip.style.top = `${top + height / 2}px`;
    tip.style.left = `${right + 14}px`;
  }
}
