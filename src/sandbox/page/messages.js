/**
 * The messages of the channels that were opened, kept in order and free of doubles whatever order news come in.
 */
export function createMessages() {
  /** @type {Map<string, readonly import('./control.js').Message[]>} by channel id, oldest first */
  const byChannel = new Map();

  return {
    /** @param {string | null} channel @returns {readonly import('./control.js').Message[] | null} null where it was never read */
    of: (channel) => (channel === null ? null : (byChannel.get(channel) ?? null)),
    /** @param {string} channel @param {readonly import('./control.js').Message[]} messages */
    replace(channel, messages) {
      byChannel.set(channel, messages);
    },
    /** Adds or replaces one, in a channel that was read. @param {string} channel @param {import('./control.js').Message} message */
    put(channel, message) {
      const known = byChannel.get(channel);
      if (!known) return;
      const there = known.some(({ id }) => id === message.id);
      byChannel.set(
        channel,
        there ? known.map((each) => (each.id === message.id ? message : each)) : [...known, message],
      );
    },
    /** @param {string} channel @param {string} id */
    remove(channel, id) {
      const known = byChannel.get(channel);
      if (known)
        byChannel.set(
          channel,
          known.filter((each) => each.id !== id),
        );
    },
    clear: () => byChannel.clear(),
  };
}
