/**
 * The first messages of posts, for the list that shows their first lines. Each is read once, when it is first asked for.
 *
 * @param {(thread: string, before: string) => Promise<readonly import('./control.js').Message[]>} read what is older than the id `before`
 * @param {() => void} changed
 */
export function createStarters(read, changed) {
  /** @type {Map<string, import('./control.js').Message | null>} null while it is being read, and where there is none */
  const known = new Map();

  /** @param {string} thread */
  async function learn(thread) {
    // The message that a post begins with bears the id of the post.
    const found = await read(thread, String(BigInt(thread) + 1n)).catch(() => []);
    const starter = found.find(({ id }) => id === thread);
    if (!starter || !known.has(thread)) return;
    known.set(thread, starter);
    changed();
  }

  return {
    /** @param {string} thread id @returns {import('./control.js').Message | null} */
    of(thread) {
      const starter = known.get(thread);
      if (starter !== undefined) return starter;
      known.set(thread, null);
      void learn(thread);
      return null;
    },
    /** A message came or changed. @param {import('./control.js').Message} message */
    put(message) {
      if (known.has(message.id)) known.set(message.id, message);
    },
    clear: () => known.clear(),
  };
}
