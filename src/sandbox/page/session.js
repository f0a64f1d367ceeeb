import { complete, interact, readDirectMessages, readMessages, readWorld, say, unreachable } from './control.js';
import { listen } from './events.js';
import { createMessages } from './messages.js';
import { remember, remembered } from './remembered.js';

const typingMs = 10_000;
const retryMs = 1000;

/** @typedef {ReturnType<typeof createSession>} Session */

/**
 * Who one is, where one is and what one has before one: all that the page shows and that changes.
 *
 * @param {object} on
 * @param {() => void} on.change something is to be drawn anew
 * @param {() => void} on.arrive a channel was opened
 * @param {() => void} on.speak the person sends something: the log goes to its end
 */
export function createSession(on) {
  const messages = createMessages();
  const state = {
    /** @type {import('./control.js').World | null} */
    world: null,
    /** @type {string | null} id */
    user: remembered('user'),
    /** @type {string | null} id */
    channel: location.hash.slice(1) || null,
    /** @type {readonly { id: string }[]} direct messages */
    direct: [],
    /** @type {ReadonlySet<string>} ids of channels */
    unread: new Set(),
    /** @type {ReadonlySet<string>} ids of messages */
    dismissed: new Set(remembered('dismissed')?.split(' ')),
    /** @type {import('./control.js').Modal | null} */
    modal: null,
    /** The list shows direct messages instead of the server's channels. */
    home: false,
    /** The list is out, on a narrow screen. */
    open: false,
    light: remembered('theme') === 'light',
    /** Nobody answers. */
    lost: false,
    /** What went wrong last. */
    notice: '',
    /** Who is typing, or what is being sent. */
    note: '',
  };
  let stopListening = ignore;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typingTimer;

  /** @param {Partial<typeof state>} next */
  const change = (next) => {
    Object.assign(state, next);
    on.change();
  };
  const isGuildChannel = (/** @type {string | null} */ id) =>
    state.world?.channels.some((each) => each.id === id) ?? false;

  /** Learns who is there, and becomes one of them; asks again until somebody answers. */
  async function start() {
    try {
      const world = await readWorld();
      const user = world.users.find(({ id }) => id === state.user) ?? world.users[0];
      change({ world, user: user?.id ?? null, lost: false });
      follow();
    } catch {
      change({ lost: true });
      setTimeout(start, retryMs);
    }
  }

  /** Listens, then reads: what happens in between comes twice rather than never. */
  function follow() {
    stopListening();
    if (state.user === null) return;
    stopListening = listen(state.user, {
      event: onEvent,
      connected: () => void load(),
      lost: () => change({ lost: true }),
    });
  }

  async function load() {
    const user = state.user;
    if (user === null) return;
    try {
      const [world, direct] = await Promise.all([readWorld(), readDirectMessages(user)]);
      if (state.user !== user) return;
      change({ world, direct, lost: false });
      const outside = world.users.find(({ id }) => id === user)?.role === 'outsider';
      const places = [...(outside ? [] : world.channels), ...direct].map(({ id }) => id);
      const known = state.channel !== null && places.includes(state.channel);
      await openChannel(known ? state.channel : (places[0] ?? null), outside || undefined);
    } catch (thrown) {
      change({ notice: sentence(thrown) });
    }
  }

  /** @param {string | null} id @param {boolean} [home] */
  async function openChannel(id, home = !isGuildChannel(id)) {
    const unread = new Set(state.unread);
    if (id !== null) unread.delete(id);
    history.replaceState(null, '', `#${id ?? ''}`);
    change({ channel: id, home, unread, open: false, notice: '', note: '' });
    on.arrive();
    const user = state.user;
    if (id === null || user === null) return;
    try {
      await messages.read(
        id,
        () => readMessages(id, user),
        () => state.user === user,
      );
      on.change();
    } catch (thrown) {
      change({ notice: sentence(thrown) });
    }
  }

  /** @param {boolean} home */
  async function openPlace(home) {
    const first = home ? state.direct[0]?.id : state.world?.channels[0]?.id;
    await openChannel(first ?? null, home);
    change({ open: true });
  }

  /** @param {import('./events.js').Event} event */
  function onEvent({ type, channel, id, message }) {
    if (message && channel) {
      messages.put(channel, message);
      const here = channel === state.channel;
      const unread = here || type !== 'message' ? state.unread : new Set([...state.unread, channel]);
      change({ unread, note: here ? '' : state.note });
    } else if (type === 'message_delete' && channel && id) {
      messages.remove(channel, id);
      on.change();
    } else if (type === 'typing' && channel === state.channel) {
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => change({ note: '' }), typingMs);
      change({ note: `${state.world?.bot?.name ?? 'The bot'} is typing…` });
    } else if (type === 'commands') {
      void readWorld().then((world) => change({ world }), ignore);
    } else if (type === 'dm' && state.user) {
      void readDirectMessages(state.user).then((direct) => change({ direct }), ignore);
    }
  }

  /** @param {object} interaction @param {string} silence what to say when the bot does not answer */
  async function act(interaction, silence) {
    const answer = await interact({ user: state.user, ...interaction });
    if (answer.ackMs === null) throw new Error(silence);
    change({ modal: answer.modal ?? null, notice: '' });
  }

  return {
    state,
    start,
    /** @returns what is to be seen of the open channel, oldest first; null while it is being read */
    messages: () => messages.of(state.channel)?.filter(({ id }) => !state.dismissed.has(id)) ?? null,
    openChannel: (/** @type {string} */ id) => void openChannel(id),
    openHome: () => void openPlace(true),
    openGuild: () => void openPlace(false),
    toggleSidebar: () => change({ open: !state.open }),
    closeModal: () => change({ modal: null }),
    /** @param {string} id */
    switchUser(id) {
      remember('user', id);
      messages.clear();
      change({ user: id, unread: new Set(), direct: [], modal: null, notice: '', note: '' });
      follow();
    },
    toggleTheme() {
      remember('theme', state.light ? 'dark' : 'light');
      change({ light: !state.light });
    },
    /** @param {{ command: string, options: Record<string, string | number | boolean> }} command */
    async send(command) {
      on.speak();
      change({ note: `Sending /${command.command}…` });
      await act({ channel: state.channel, ...command }, 'The application did not respond').finally(() =>
        change({ note: '' }),
      );
    },
    /** @param {string} content */
    async say(content) {
      on.speak();
      await say({ user: state.user, channel: state.channel, content });
    },
    /** @param {{ command: string, options: object, focused: string }} request */
    complete: async (request) => (await complete({ user: state.user, channel: state.channel, ...request })).choices,
    /** @param {import('./control.js').Message} message @param {{ customId: string, values?: string[] }} pressed */
    press: (message, pressed) =>
      act({ message: message.id, ...pressed }, 'This interaction failed').catch((thrown) =>
        change({ notice: sentence(thrown) }),
      ),
    /** @param {Record<string, string>} fields */
    submitModal: (fields) => act({ customId: state.modal?.custom_id, fields }, 'Something went wrong. Try again.'),
    /** @param {import('./control.js').Message} message */
    dismiss(message) {
      const dismissed = new Set([...state.dismissed, message.id]);
      remember('dismissed', [...dismissed].join(' '));
      change({ dismissed });
    },
  };
}

/** What a lost connection keeps from us is read again when it is back. */
function ignore() {}

/** @param {unknown} thrown */
function sentence(thrown) {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  // The banner says this one already.
  return said === unreachable ? '' : said;
}
