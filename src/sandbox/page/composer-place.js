import { typingText } from './typing.js';
import { can, channelTypes, permissions } from './world.js';

/** How people call the place: `#channel`, `thread` or `@bot`. @param {import('./world.js').Spot} spot @param {string} bot */
export function placeName(spot, bot) {
  if (spot.kind === 'direct') return `@${bot}`;
  return spot.kind === 'thread' ? spot.thread.name : `#${spot.channel.name}`;
}

/**
 * What the composer needs to know of where one is.
 *
 * @param {object} seen
 * @param {import('./world.js').Spot | null} seen.spot @param {string | null} seen.channel id
 * @param {import('./world.js').World} seen.world @param {import('./world.js').Person} seen.user
 * @param {string} seen.note what is being sent
 * @param {readonly string[]} seen.typing ids
 * @param {readonly import('./command-line.js').Command[]} seen.commands
 * @param {{ users: readonly import('./suggestions.js').Named[], roles: readonly import('./suggestions.js').Named[],
 *   channels: readonly (import('./suggestions.js').Named & { parent_id?: string | null })[] }} seen.choices
 * @returns {import('./composer.js').Place}
 */
export function composerPlace({ spot, channel: open, world, user, note, typing, commands, choices }) {
  const names = typing.flatMap((id) => [...world.users, world.bot].find((each) => each.id === id)?.name ?? []);
  const { users, roles, channels } = choices;
  return {
    place: spot && placeName(spot, world.bot.name),
    draft: spot && `${user.id}/${open}`,
    silence: silenceAt(spot, world),
    refusal: spot ? refusalAt(spot) : '',
    hint: hintAt(spot),
    note: note || typingText(names),
    locale: user.locale,
    commands,
    users,
    roles,
    channels: channels.map((channel) => ({ ...channel, about: aboutChannel(channel, channels) })),
  };
}

/** @param {import('./world.js').Spot} spot */
function refusalAt(spot) {
  if (spot.kind === 'direct') return '';
  const isThread = spot.kind === 'thread';
  if (isThread && spot.thread.thread_metadata.locked && !can(spot, permissions.manageThreads)) {
    return 'This thread is locked. Only moderators can write in it.';
  }
  const needed = isThread ? permissions.sendMessagesInThreads : permissions.sendMessages;
  return can(spot, needed) ? '' : 'You do not have permission to send messages in this channel.';
}

/** @param {import('./world.js').Spot | null} spot */
function hintAt(spot) {
  if (spot?.kind !== 'thread') return '';
  const { archived, locked } = spot.thread.thread_metadata;
  if (locked) return 'This thread is locked. As a moderator you can still write in it.';
  return archived ? 'This thread is archived. Sending a message brings it back.' : '';
}

/** Why no command is offered, where none is. @param {import('./world.js').Spot | null} spot @param {import('./world.js').World} world */
function silenceAt(spot, { bot, commands }) {
  if (spot?.guild && !spot.guild.hasBot) return `${bot.name} is not in this server.`;
  if (commands.length === 0) return `${bot.name} has registered no commands; is it running?`;
  return `${bot.name} has no commands for this place.`;
}

/** Where it stands, or what it is. @param {{ type?: number, parent_id?: string | null }} channel @param {readonly import('./suggestions.js').Named[]} channels */
function aboutChannel({ type, parent_id: parent }, channels) {
  if (type === channelTypes.category) return 'Category';
  return channels.find(({ id }) => id === parent)?.name ?? '';
}
