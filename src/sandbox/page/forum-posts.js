import { lastActiveMs } from './thread-list.js';
import { isPinned } from './world.js';

/**
 * How a reader wants the posts of a forum. `tags`: ids, a post must bear one of them; none takes all.
 * @typedef {{ sort: 'activity' | 'date', tags: readonly string[], wanted: string }} Choice
 */

/**
 * The posts of a forum that fit, pinned ones first. What was not written in for long is apart, as in Discord.
 * @param {readonly import('./world.js').Thread[]} threads of the whole server @param {string} forum id @param {Choice} choice
 * @returns {{ recent: import('./world.js').Thread[], older: import('./world.js').Thread[] }}
 */
export function forumPosts(threads, forum, { sort, tags, wanted }) {
  const words = wanted.toLowerCase().trim();
  const posts = threads
    .filter(({ parent_id: parent }) => parent === forum)
    .filter(({ applied_tags: own }) => tags.length === 0 || own.some((id) => tags.includes(id)))
    .filter(({ name }) => name.toLowerCase().includes(words))
    .toSorted((a, b) => Number(isPinned(b)) - Number(isPinned(a)) || compare(a, b, sort));
  return { recent: posts.filter((post) => !isOver(post)), older: posts.filter(isOver) };
}

/** @param {import('./world.js').Thread} post */
function isOver(post) {
  return post.thread_metadata.archived && !isPinned(post);
}

/** Newest first. @param {import('./world.js').Thread} a @param {import('./world.js').Thread} b @param {Choice['sort']} sort */
function compare(a, b, sort) {
  if (sort === 'activity') return lastActiveMs(b) - lastActiveMs(a);
  return BigInt(b.id) > BigInt(a.id) ? 1 : -1;
}
