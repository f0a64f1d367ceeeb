import { readMessages } from './control.js';
import { isNewer, readMarks } from './read-marks.js';
import { withNews } from './unread.js';
import { isForum, joinedThreads, rolesOf } from './world.js';

/** Channels whose missed messages are looked through for mentions; of others one learns only that there are some. */
const mostRead = 40;

/**
 * What came in the channels of a person since they read them last. Whoever is looked through for the first time has read everything.
 *
 * @param {import('./world.js').World} world @param {readonly import('./session.js').Direct[]} direct @param {string} user id
 * @returns {Promise<import('./unread.js').Unread>}
 */
export async function missedNews(world, direct, user) {
  const places = [
    ...direct.map((channel) => ({ channel, reader: { user, roles: [], isDirect: true } })),
    ...world.guilds.flatMap((guild) => {
      const reader = { user, roles: rolesOf(guild, user), isDirect: false };
      // What is new in a forum is a post, which the forum itself marks.
      const channels = guild.channels.filter((channel) => !isForum(channel));
      return [...channels, ...joinedThreads(guild, user)].map((channel) => ({ channel, reader }));
    }),
  ];
  const marks = readMarks.of(user);
  if (marks === null) {
    readMarks.keep(
      user,
      Object.fromEntries(places.flatMap(({ channel: { id, last_message_id: last } }) => (last ? [[id, last]] : []))),
    );
    return new Map();
  }
  const behind = places.filter(({ channel: { id, last_message_id: last } }) => last && isNewer(last, marks[id]));
  const found = await Promise.all(
    behind.slice(0, mostRead).map(async ({ channel: { id }, reader }) => {
      // What cannot be read is no news.
      const messages = await readMessages(id, user).catch(() => []);
      return messages
        .filter((message) => isNewer(message.id, marks[id]))
        .map((message) => ({ channel: id, message, reader }));
    }),
  );
  /** @type {import('./unread.js').Unread} */
  const others = new Map(behind.slice(mostRead).map(({ channel }) => [channel.id, 0]));
  return found
    .flat()
    .reduce((unread, { channel, message, reader }) => withNews(unread, channel, message, reader), others);
}
