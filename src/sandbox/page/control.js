/**
 * The control protocol of the sandbox, as the page uses it.
 *
 * @typedef {{ id: string, username: string, global_name?: string | null, bot?: boolean }} Author
 * @typedef {{ name: string, value: string, inline?: boolean }} EmbedField
 * @typedef {{ title?: string, url?: string, description?: string, color?: number, timestamp?: string,
 *   author?: { name: string, url?: string, icon_url?: string }, footer?: { text: string, icon_url?: string },
 *   image?: { url: string }, thumbnail?: { url: string }, fields?: EmbedField[] }} Embed
 * @typedef {{ id?: string | null, name?: string | null, animated?: boolean }} Emoji `id`: of a server's own; `name` is the sign itself for all others
 * @typedef {{ url: string }} Media
 * @typedef {{ label: string, value: string, description?: string, default?: boolean, emoji?: Emoji }} SelectOption
 * @typedef {{ type: number, style?: number, label?: string, emoji?: Emoji, url?: string, custom_id?: string,
 *   disabled?: boolean, placeholder?: string, value?: string, required?: boolean, min_length?: number | null,
 *   max_length?: number | null, description?: string | null, content?: string, min_values?: number, max_values?: number,
 *   options?: SelectOption[], default?: boolean, default_values?: { id: string, type: string }[], channel_types?: number[],
 *   file_types?: string[], component?: Component, components?: Component[], accessory?: Component, accent_color?: number | null,
 *   spoiler?: boolean, divider?: boolean, spacing?: number, media?: Media, file?: Media, name?: string, size?: number,
 *   items?: { media: Media, description?: string | null, spoiler?: boolean }[] }} Component
 * @typedef {{ emoji: Emoji, count: number, me: boolean, users?: string[] }} Reaction `users`: ids, as far as they are known
 * @typedef {{ id: string, channel_id: string, author: Author, content: string, timestamp: string, edited_timestamp?: string | null,
 *   type?: number, flags?: number, pinned?: boolean, embeds?: Embed[], components?: Component[], attachments?: Attachment[],
 *   interaction?: { name: string }, interaction_metadata?: { user: Author, name?: string }, mentions?: Author[],
 *   message_reference?: { message_id?: string, channel_id?: string, guild_id?: string }, referenced_message?: Message | null,
 *   reactions?: Reaction[], thread?: { id: string, name: string, message_count?: number } }} Message
 * @typedef {{ users: readonly { id: string, name: string, avatar: string }[], roles: readonly { id: string, name: string, color: number }[],
 *   channels: readonly { id: string, name: string, type: number }[] }} Choices what a server has to choose from; `color`: 0xRRGGBB, 0 for none
 * @typedef {{ id: string, name: string, type: number, topic?: string | null }} Channel
 * @typedef {{ id: string, name: string, role: 'admin' | 'member' | 'outsider', avatar: string }} User
 * @typedef {Record<string, string> | null} Localizations by Discord's locales
 * @typedef {{ name: string, value: string | number, name_localizations?: Localizations }} Choice
 * @typedef {{ name: string, description: string, type: number, required?: boolean, autocomplete?: boolean, min_value?: number,
 *   max_value?: number, min_length?: number, max_length?: number, channel_types?: number[], choices?: Choice[], options?: CommandOption[],
 *   name_localizations?: Localizations, description_localizations?: Localizations }} CommandOption
 * @typedef {{ id: string, name: string, type?: number, description: string, options?: CommandOption[], guild_id?: string,
 *   contexts?: number[] | null, dm_permission?: boolean, default_member_permissions?: string | null, nsfw?: boolean,
 *   name_localizations?: Localizations, description_localizations?: Localizations }} RegisteredCommand
 * @typedef {{ custom_id: string, title: string, components: Component[] }} Modal
 * @typedef {{ filename: string, url: string, content_type?: string, description?: string, size?: number }} Attachment `size` in bytes
 * @typedef {{ id: string, ackMs: number | null, replies: Message[], modal?: Modal }} Answer
 */

/** What the page says while nothing answers. */
export const unreachable = 'The local Discord is not answering; is npm start still running?';

/** What the local Discord refused; its sentence is for the reader. */
export class Refusal extends Error {
  /** @param {string} message @param {number} status of HTTP */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/**
 * As this person sees it.
 * @param {string} user id @param {string} guild id or name of a server that is wanted besides the first ones; empty for none
 * @returns {Promise<import('./world.js').World>}
 */
export function readWorld(user, guild) {
  const wanted = guild === '' ? '' : `&guild=${encodeURIComponent(guild)}`;
  return ask(`state?user=${encodeURIComponent(user)}${wanted}`);
}

/** Everybody who can be played. @returns {Promise<readonly { id: string }[]>} */
export async function readPeople() {
  const { users } = await ask('state');
  return users;
}

/** How many messages one answer holds at most. */
export const messagesAtOnce = 100;

/** The newest, or those older than `before`; newest last. @param {string} channel @param {string} user @param {string} [before] id @returns {Promise<Message[]>} */
export function readMessages(channel, user, before) {
  const earlier = before === undefined ? '' : `&before=${encodeURIComponent(before)}`;
  return ask(`channels/${encodeURIComponent(channel)}/messages?user=${encodeURIComponent(user)}${earlier}`);
}

/** Newest pin first. @param {string} channel @param {string} user @returns {Promise<Message[]>} */
export function readPins(channel, user) {
  return ask(`channels/${encodeURIComponent(channel)}/pins?user=${encodeURIComponent(user)}`);
}

/** @param {string} user @returns {Promise<{ id: string, recipient: unknown, last_message_id: string | null }[]>} channels that the bot opened with them */
export function readDirectMessages(user) {
  return ask(`dms?user=${encodeURIComponent(user)}`);
}

/** A command, a pressed button, a chosen option or a form that is sent. @param {object} interaction @returns {Promise<Answer>} */
export function interact(interaction) {
  return ask('interactions', interaction);
}

/** What a person says without a command. @param {object} speech @returns {Promise<Message>} */
export function say(speech) {
  return ask('messages', speech);
}

/** @param {object} request @returns {Promise<{ choices: Choice[] }>} */
export function complete(request) {
  return ask('autocomplete', request);
}

/** A thread below a channel, or a post of a forum. @param {string} channel @param {object} thread @returns {Promise<{ id: string }>} */
export function createThread(channel, thread) {
  return ask(`channels/${encodeURIComponent(channel)}/threads`, thread);
}

/** @param {{ user: string | null, message: string, emoji: string }} reaction @param {boolean} on */
export function setReaction(reaction, on) {
  return ask('reactions', reaction, on ? 'PUT' : 'DELETE');
}

/** @param {{ user: string | null, message: string }} pin @param {boolean} on */
export function setPin(pin, on) {
  return ask('pins', pin, on ? 'PUT' : 'DELETE');
}

/** @param {string} message id @param {{ user: string | null, content: string }} change */
export function editMessage(message, change) {
  return ask(`messages/${encodeURIComponent(message)}`, change, 'PATCH');
}

/** @param {string} message id @param {string} user id */
export function deleteMessage(message, user) {
  return ask(`messages/${encodeURIComponent(message)}?user=${encodeURIComponent(user)}`, undefined, 'DELETE');
}

/**
 * @param {string} path below /control/
 * @param {object} [body]
 * @param {string} [method] POST with a body, GET without one
 * @throws {Error} with a sentence for the reader
 */
async function ask(path, body, method = body ? 'POST' : 'GET') {
  const told = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
  const response = await fetch(`/control/${path}`, { method, ...told }).catch(() => {
    throw new Error(unreachable);
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Refusal(
      answer?.message ?? answer?.error ?? `The local Discord answered ${response.status} to ${path}.`,
      response.status,
    );
  }
  return answer;
}
