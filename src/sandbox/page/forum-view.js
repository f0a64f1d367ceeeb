import { html, nothing, render } from 'lit';
import { forumPosts } from './forum-posts.js';
import { bubble, padlock, pin, plus } from './icons.js';
import { plainText } from './markdown.js';
import { lastActiveMs } from './thread-list.js';
import { formatSince } from './time-format.js';
import { can, isPinned, permissions } from './world.js';

/** Posts that are drawn at once; more come by a button. */
const pageSize = 25;

/**
 * What a forum shows.
 * @typedef {Extract<import('./world.js').Spot, { kind: 'channel' }>} ForumSpot
 * @typedef {object} Shown
 * @property {ForumSpot} spot
 * @property {(id: string) => string | null} nameOf of a person
 * @property {(id: string) => string} avatarOf
 * @property {(post: string) => import('./control.js').Message | null} starterOf a post's first message, null while it is unknown
 * @property {import('./unread.js').Unread} unread
 */

/**
 * A forum: its posts, which can be sorted, searched and filtered by tag.
 *
 * @param {HTMLElement} root @param {{ openChannel: (id: string) => void, newPost: (forum: import('./world.js').GuildChannel) => void }} moves
 */
export function createForum(root, { openChannel, newPost }) {
  /** @type {Shown | null} */
  let shown = null;
  let forum = '';
  /** @type {import('./forum-posts.js').Choice} */
  let choice = { sort: 'activity', tags: [], wanted: '' };
  let count = pageSize;

  /** @param {Partial<import('./forum-posts.js').Choice>} next */
  const choose = (next) => {
    choice = { ...choice, ...next };
    count = pageSize;
    redraw();
  };

  function redraw() {
    if (shown) render(view(shown), root);
  }

  /** @param {Shown} seen */
  function view(seen) {
    const { channel, guild } = seen.spot;
    const { recent, older } = forumPosts(guild.threads, channel.id, choice);
    const left = recent.length + older.length - count;
    const isFiltered = choice.tags.length > 0 || choice.wanted !== '';
    return html`<div class="forum" role="region" aria-label="Posts in ${channel.name}" tabindex="0">
      <div class="forum-column">
        ${toolsView(seen)}
        ${
          recent.length + older.length === 0
            ? html`<div class="none">
                <h3>${isFiltered ? 'No posts match' : 'There are no posts yet'}</h3>
                <p class="quiet">
                  ${isFiltered ? 'Try another tag or other words.' : channel.topic || 'Start the first one.'}
                </p>
              </div>`
            : nothing
        }
        <ul class="posts">
          ${recent.slice(0, count).map((post) => postView(post, seen))}
        </ul>
        ${
          older.length > 0 && count > recent.length
            ? html`<h3 class="older">Older Posts</h3>
                <ul class="posts">
                  ${older.slice(0, count - recent.length).map((post) => postView(post, seen))}
                </ul>`
            : nothing
        }
        ${
          left > 0
            ? html`<button type="button" class="button secondary" @click=${more}>Show more posts (${left})</button>`
            : nothing
        }
      </div>
    </div>`;
  }

  function more() {
    count += pageSize;
    redraw();
  }

  /** @param {Shown} seen */
  function toolsView({ spot }) {
    const { available_tags: tags = [] } = spot.channel;
    return html`<div class="forum-tools">
        <input
          type="search"
          aria-label="Search posts"
          placeholder="Search posts"
          .value=${choice.wanted}
          @input=${(/** @type {Event} */ { target }) => {
            if (target instanceof HTMLInputElement) choose({ wanted: target.value });
          }}
        />
        ${
          can(spot, permissions.sendMessages)
            ? html`<button type="button" class="button primary" @click=${() => newPost(spot.channel)}>
                ${plus} New Post
              </button>`
            : nothing
        }
      </div>
      <div class="forum-filters">
        <label class="sort"
          ><span class="visually-hidden">Sort posts by</span>
          <select
            @change=${(/** @type {Event} */ { target }) => {
              if (target instanceof HTMLSelectElement) choose({ sort: target.value === 'date' ? 'date' : 'activity' });
            }}
          >
            <option value="activity" ?selected=${choice.sort === 'activity'}>Recently Active</option>
            <option value="date" ?selected=${choice.sort === 'date'}>Date Posted</option>
          </select></label
        >
        <div class="tag-filter" role="group" aria-label="Filter by tag">
          ${tags.map(
            (tag) =>
              html`<button
                type="button"
                class="tag"
                aria-pressed=${choice.tags.includes(tag.id) ? 'true' : 'false'}
                @click=${() => choose({ tags: toggled(choice.tags, tag.id) })}
              >
                ${tagText(tag)}
              </button>`,
          )}
        </div>
      </div>`;
  }

  /** @param {import('./world.js').Thread} post @param {Shown} seen */
  function postView(post, { spot, nameOf, avatarOf, starterOf, unread }) {
    const {
      id,
      name,
      owner_id: owner,
      total_message_sent: replies,
      applied_tags: applied,
      thread_metadata: about,
    } = post;
    const tags = (spot.channel.available_tags ?? []).filter((tag) => applied.includes(tag.id));
    const starter = starterOf(id);
    const isUnread = unread.has(id);
    return html`<li class="post ${isUnread ? 'unread' : ''}">
      ${tags.length > 0 ? html`<p class="tags">${tags.map(tagView)}</p>` : nothing}
      <h3>
        ${isPinned(post) ? html`<span class="mark" role="img" aria-label="Pinned">${pin}</span>` : nothing}
        ${about.locked ? html`<span class="mark" role="img" aria-label="Locked">${padlock}</span>` : nothing}
        <a
          href="#${id}"
          @click=${(/** @type {Event} */ event) => {
            event.preventDefault();
            openChannel(id);
          }}
          >${name}</a
        >
      </h3>
      <p class="excerpt">
        <img class="avatar" src=${avatarOf(owner)} alt="" /><b>${nameOf(owner) ?? 'Somebody'}:</b>
        <span>${excerptOf(starter)}</span>
      </p>
      <p class="facts">
        <span title=${`${replies} ${replies === 1 ? 'message' : 'messages'}`}
          >${bubble} ${replies}<span class="visually-hidden"> messages</span></span
        >
        <span>· ${formatSince(lastActiveMs(post))}</span>
        ${isUnread ? html`<span class="news">New</span>` : nothing}
      </p>
    </li>`;
  }

  return {
    /** @param {Shown} next */
    draw(next) {
      shown = next;
      if (next.spot.channel.id !== forum) {
        forum = next.spot.channel.id;
        choice = { sort: choice.sort, tags: [], wanted: '' };
        count = pageSize;
      }
      redraw();
    },
  };
}

/** @param {import('./world.js').Tag} tag */
export function tagView(tag) {
  return html`<span class="tag">${tagText(tag)}</span>`;
}

/** @param {import('./world.js').Tag} tag */
export function tagText({ name, emoji_name: emoji }) {
  return emoji ? `${emoji} ${name}` : name;
}

/** The first words of a message; of one without words, what it holds. @param {import('./control.js').Message | null} message */
function excerptOf(message) {
  if (message === null) return '';
  const [embed] = message.embeds ?? [];
  return (
    plainText(message.content) ||
    plainText(embed?.title ?? '') ||
    plainText(embed?.description ?? '') ||
    (message.attachments?.length ? '(attachment)' : '(embed)')
  );
}

/** @param {readonly string[]} list @param {string} id */
function toggled(list, id) {
  return list.includes(id) ? list.filter((each) => each !== id) : [...list, id];
}
