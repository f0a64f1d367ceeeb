/** Limits of Discord that both its REST API and its client keep. */

/** Of one server, categories counted. Source: topics/opcodes-and-status-codes, 30013. */
export const maxChannels = 500;
/** Different emojis on one message. Source: topics/opcodes-and-status-codes, 30010. */
export const maxEmojis = 20;
/** Pinned messages of one channel. Source: resources/message, Pin Message. */
export const maxPins = 250;
/** Tags of a forum. Source: resources/channel, available_tags. */
export const maxTags = 20;
/** Tags of a post. Source: resources/channel, applied_tags. */
export const maxAppliedTags = 5;
/** Overwrites of one channel. */
export const maxOverwrites = 100;
/** Seconds between two messages of one person. Source: resources/channel, rate_limit_per_user. */
export const maxSlowmodeS = 21_600;
