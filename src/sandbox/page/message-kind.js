/**
 * What kind of message one is: Discord's types and flags, as far as they change what a reader sees.
 * @typedef {import('./control.js').Message} Message
 */

export const messageTypes = /** @type {const} */ ({
  ordinary: 0,
  recipientAdded: 1,
  recipientRemoved: 2,
  channelRenamed: 4,
  pinned: 6,
  joined: 7,
  followed: 12,
  threadCreated: 18,
  reply: 19,
  command: 20,
  threadStarter: 21,
  contextCommand: 23,
});

const flags = /** @type {const} */ ({
  published: 1 << 0,
  fromElsewhere: 1 << 1,
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  componentsV2: 1 << 15,
});

/** @param {Message} message @param {number} flag */
function has(message, flag) {
  return ((message.flags ?? 0) & flag) !== 0;
}

/** @param {Message} message */
export const isEphemeral = (message) => has(message, flags.ephemeral);
/** An answer that was deferred and has not come yet. @param {Message} message */
export const isThinking = (message) => has(message, flags.loading);
/** Sent on to the channels that follow this one. @param {Message} message */
export const isPublished = (message) => has(message, flags.published);
/** Came from a channel that this one follows. @param {Message} message */
export const isFromElsewhere = (message) => has(message, flags.fromElsewhere);
/** @param {Message} message */
export const hidesEmbeds = (message) => has(message, flags.suppressEmbeds);
/** Components are all that it shows. @param {Message} message */
export const isComponentsV2 = (message) => has(message, flags.componentsV2);

/** Somebody said it, rather than Discord of something that happened. @param {Message} message */
export function isSpoken({ type = messageTypes.ordinary }) {
  /** @type {readonly number[]} */
  const spoken = [messageTypes.ordinary, messageTypes.reply, messageTypes.command, messageTypes.contextCommand];
  return spoken.includes(type);
}
