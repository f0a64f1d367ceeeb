/** Discord shows somebody as typing for this long after each sign of it. */
const typingMs = 10_000;

/** Who types where. @param {() => void} changed */
export function createTyping(changed) {
  /** @type {Map<string, { channel: string, user: string, timer: ReturnType<typeof setTimeout> }>} */
  const going = new Map();

  /** @param {string} channel @param {string} user */
  const stop = (channel, user) => {
    const key = `${channel} ${user}`;
    clearTimeout(going.get(key)?.timer);
    return going.delete(key);
  };
  return {
    /** @param {string} channel @param {string} user */
    start(channel, user) {
      stop(channel, user);
      const timer = setTimeout(() => {
        if (stop(channel, user)) changed();
      }, typingMs);
      going.set(`${channel} ${user}`, { channel, user, timer });
    },
    stop,
    /** @param {string | null} channel @returns {string[]} ids */
    in: (channel) => [...going.values()].filter((each) => each.channel === channel).map(({ user }) => user),
  };
}

/** “Ada and Mika are typing…”, as Discord says it. @param {readonly string[]} names */
export function typingText(names) {
  if (names.length === 0) return '';
  if (names.length > 3) return 'Several people are typing…';
  return `${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} typing…`;
}
