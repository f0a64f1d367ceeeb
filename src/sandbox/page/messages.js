/**
 * The messages of the channels that were opened, kept in order and free of doubles whatever order news come in.
 */
export function createMessages() {
  /** @type {Map<string, readonly import('./control.js').Message[]>} by channel id, oldest first */
  const byChannel = new Map();
  /** @type {Map<string, { reads: number, news: (() => void)[] }>} what came for a channel while it was being read: the answer may be older */
  const underWay = new Map();

  return {
    /** @param {string | null} channel @returns {readonly import('./control.js').Message[] | null} null where it was never read */
    of: (channel) => (channel === null ? null : (byChannel.get(channel) ?? null)),
    /**
     * Reads a channel anew; what comes for it meanwhile is kept.
     *
     * @param {string} channel
     * @param {() => Promise<readonly import('./control.js').Message[]>} read
     * @param {() => boolean} isWanted false where nobody wants the answer any more
     */
    async read(channel, read, isWanted) {
      const current = underWay.get(channel) ?? { reads: 0, news: [] };
      underWay.set(channel, current);
      current.reads += 1;
      try {
        const messages = await read();
        if (!isWanted()) return;
        byChannel.set(channel, messages);
        for (const again of current.news) again();
      } finally {
        current.reads -= 1;
        if (current.reads === 0 && underWay.get(channel) === current) underWay.delete(channel);
      }
    },
    /** Adds or replaces one, in a channel that was or is being read. @param {string} channel @param {import('./control.js').Message} message */
    put(channel, message) {
      put(channel, message);
      underWay.get(channel)?.news.push(() => put(channel, message));
    },
    /** @param {string} channel @param {string} id */
    remove(channel, id) {
      remove(channel, id);
      underWay.get(channel)?.news.push(() => remove(channel, id));
    },
    clear() {
      byChannel.clear();
      underWay.clear();
    },
  };

  /** @param {string} channel @param {import('./control.js').Message} message */
  function put(channel, message) {
    const known = byChannel.get(channel);
    if (!known) return;
    const there = known.some(({ id }) => id === message.id);
    byChannel.set(
      channel,
      there ? known.map((each) => (each.id === message.id ? message : each)) : [...known, message],
    );
  }

  /** @param {string} channel @param {string} id */
  function remove(channel, id) {
    const known = byChannel.get(channel);
    if (!known) return;
    byChannel.set(
      channel,
      known.filter((each) => each.id !== id),
    );
  }
}
