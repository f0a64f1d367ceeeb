import { html, nothing } from 'lit';
import { channelIcon, menuLines, padlock, people, pin, threadIcon } from './icons.js';
import { namesIn } from './names.js';
import { PinnedList } from './pinned-list.js';
import { threadListView } from './thread-list.js';
import { channelTypes, isForum, isPrivate } from './world.js';

/**
 * The line above the messages: where one is, and what went wrong last.
 * @param {{ spot: import('./world.js').Spot | null, bot: string, world: import('./world.js').World | null, user: string | null, channel: string | null,
 *   notice: string, open: boolean, members: boolean }} shown
 *   `bot`: its name; `user` and `channel`: ids of who looks and where; `open`: the list of channels is out, on a narrow screen; `members`: those of the server are listed
 * @param {{ toggleSidebar: () => void, toggleMembers: () => void, openChannel: (id: string) => void }} moves
 */
export function headingView({ spot, bot, world, user, channel, notice, open, members }, moves) {
  const topic = (spot?.kind === 'channel' && spot.channel.topic) || '';
  return html`<button
      type="button"
      class="icon-button menu"
      aria-label="Channels"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${moves.toggleSidebar}
    >
      ${menuLines}
    </button>
    ${spot && world ? nameView(spot, bot, world, moves.openChannel) : nothing}
    ${topic ? html`<p class="topic" title=${topic}>${topic}</p>` : nothing}
    <div class="heading-tools">
      ${spot?.kind === 'channel' && hasThreads(spot.channel) ? threadsButton(spot, moves.openChannel) : nothing}
      ${
        spot && world && user !== null && channel !== null && holdsMessages(spot)
          ? pinsButton(namesIn(world, spot.guild), user, channel)
          : nothing
      }
      ${
        spot?.guild
          ? html`<button
              type="button"
              class="icon-button"
              aria-label=${members ? 'Hide Member List' : 'Show Member List'}
              title=${members ? 'Hide Member List' : 'Show Member List'}
              aria-pressed=${members ? 'true' : 'false'}
              @click=${moves.toggleMembers}
            >
              ${people}
            </button>`
          : nothing
      }
    </div>
    ${notice ? html`<p class="notice" role="alert">${notice}</p>` : nothing}`;
}

/** @param {import('./world.js').Spot} spot @param {string} bot @param {import('./world.js').World} world @param {(id: string) => void} openChannel */
function nameView(spot, bot, world, openChannel) {
  if (spot.kind === 'direct') {
    return html`<h2>
      <span
        class="presence"
        role="img"
        aria-label=${world.isBotConnected ? 'Online' : 'Offline'}
        ?data-offline=${!world.isBotConnected}
        ><img class="avatar" src=${world.bot.avatar} alt="" /></span
      ><span class="name">${bot}</span>
    </h2>`;
  }
  if (spot.kind === 'channel') {
    const { channel, guild } = spot;
    return html`<h2>${channelIcon(channel, isPrivate(guild, channel))}<span class="name">${channel.name}</span></h2>`;
  }
  const { parent, thread, guild } = spot;
  const { archived, locked } = thread.thread_metadata;
  return html`<button type="button" class="parent" @click=${() => openChannel(parent.id)}>
      ${channelIcon(parent, isPrivate(guild, parent))}<span>${parent.name}</span>
    </button>
    <span class="crumb" aria-hidden="true">›</span>
    <h2>
      ${isForum(parent) ? nothing : threadIcon}<span class="name">${thread.name}</span>
      ${locked ? html`<span class="state">${padlock} Locked</span>` : archived ? html`<span class="state">Archived</span>` : nothing}
    </h2>`;
}

/** @param {import('./world.js').Spot} spot */
function holdsMessages(spot) {
  return spot.kind !== 'channel' || !isForum(spot.channel);
}

/** @param {import('./markdown-view.js').Names} names @param {string} user id @param {string} channel id */
function pinsButton(names, user, channel) {
  return html`<button
      type="button"
      class="icon-button"
      aria-label="Pinned Messages"
      title="Pinned Messages"
      popovertarget="pins"
    >
      ${pin}
    </button>
    <div
      id="pins"
      class="thread-list"
      popover
      role="group"
      aria-label="Pinned Messages"
      @beforetoggle=${readWhenOpened}
    >
      <h3>Pinned Messages</h3>
      <pinned-list .channel=${channel} .user=${user} .names=${names}></pinned-list>
    </div>`;
}

/** What is pinned may have changed since the list was open last. @param {Event} event */
function readWhenOpened(event) {
  if (!(event instanceof ToggleEvent) || event.newState !== 'open' || !(event.target instanceof HTMLElement)) return;
  const list = event.target.querySelector('pinned-list');
  if (list instanceof PinnedList) void list.load();
}

/** @param {import('./world.js').GuildChannel} channel */
function hasThreads({ type }) {
  return type === channelTypes.text || type === channelTypes.announcement;
}

/** @param {Extract<import('./world.js').Spot, { kind: 'channel' }>} spot @param {(id: string) => void} openChannel */
function threadsButton({ guild, channel }, openChannel) {
  const threads = guild.threads.filter(({ parent_id: parent }) => parent === channel.id);
  return html`<button type="button" class="icon-button" aria-label="Threads" title="Threads" popovertarget="threads">
      ${threadIcon}
    </button>
    <div id="threads" class="thread-list" popover role="group" aria-label="Threads">
      ${threadListView(threads, openChannel)}
    </div>`;
}
