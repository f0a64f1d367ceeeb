import { isMentioned } from './mentions.js';

/**
 * News in channels that are not open: how often the person was mentioned, 0 for news without a mention.
 * @typedef {ReadonlyMap<string, number>} Unread by channel id
 */

/**
 * @param {Unread} unread @param {string} channel @param {import('./control.js').Message} message
 * @param {{ user: string, roles: readonly string[], isDirect: boolean }} reader @returns {Unread}
 */
export function withNews(unread, channel, message, reader) {
  if (message.author.id === reader.user) return unread;
  const known = unread.get(channel) ?? 0;
  // Everything in a private channel is for the one it belongs to.
  return new Map(unread).set(channel, known + (reader.isDirect || isMentioned(message, reader) ? 1 : 0));
}

/** @param {Unread} unread @param {string | null} channel @returns {Unread} */
export function withoutNews(unread, channel) {
  if (channel === null || !unread.has(channel)) return unread;
  const next = new Map(unread);
  next.delete(channel);
  return next;
}

/** Both, where one may know more than the other. @param {Unread} one @param {Unread} other @returns {Unread} */
export function mergedNews(one, other) {
  const ids = new Set([...one.keys(), ...other.keys()]);
  return new Map([...ids].map((id) => [id, Math.max(one.get(id) ?? 0, other.get(id) ?? 0)]));
}

/** @param {Unread} unread @param {readonly { id: string }[]} channels @returns {number | null} mentions; null without news */
export function newsIn(unread, channels) {
  const counts = channels.flatMap(({ id }) => unread.get(id) ?? []);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
