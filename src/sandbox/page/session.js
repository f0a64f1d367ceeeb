import { messagesAtOnce, readDirectMessages, readMessages, readPeople, readWorld, unreachable } from './control.js';
import { listen } from './events.js';
import { createLastPlaces } from './last-places.js';
import { isMentioned } from './mentions.js';
import { createMessages } from './messages.js';
import { remember, remembered } from './remembered.js';
import { missedNews } from './missed-news.js';
import { readMarks } from './read-marks.js';
import { createTyping } from './typing.js';
import { mergedNews, withNews, withoutNews } from './unread.js';
import { firstChannel, isForum, rolesOf, spotOf } from './world.js';

const retryMs = 1000;
/** A world that changes much is read once in this time. */
const gatherMs = 100;
/** From this width on the members of a server are listed unless the person closed the list. */
const roomyPx = 1100;
const systemLight = matchMedia('(prefers-color-scheme: light)');

/** From this width on the members stand beside the messages; below they lie over them. */
const besidePx = 900;

/** @typedef {ReturnType<typeof createSession>} Session */
/** @typedef {{ id: string, last_message_id?: string | null }} Direct a private channel */

/**
 * Who one is, where one is and what one has before one: all that the page shows and that changes.
 *
 * @param {object} on
 * @param {() => void} on.change something is to be drawn anew
 * @param {() => void} on.arrive a channel was opened
 * @param {(message: import('./control.js').Message) => void} on.hear a message came or changed, somewhere
 */
export function createSession(on) {
  const messages = createMessages();
  const lastPlaces = createLastPlaces();
  const typing = createTyping(on.change);
  const state = {
    /** @type {import('./world.js').World | null} */
    world: null,
    /** @type {string | null} id */
    user: remembered('user'),
    /** @type {string | null} id */
    channel: location.hash.slice(1) || null,
    /** The server whose channels are listed; null lists direct messages. @type {string | null} id */
    guild: null,
    /** @type {readonly Direct[]} direct messages */
    direct: [],
    /** Id or name of a server that is listed besides the first ones. */
    wanted: '',
    /** What the person sees was not read yet. */
    isArriving: true,
    /** @type {import('./unread.js').Unread} */
    unread: new Map(),
    /** @type {ReadonlySet<string>} ids of messages */
    dismissed: new Set(remembered('dismissed')?.split(' ')),
    /** Categories whose channels are hidden. @type {ReadonlySet<string>} ids */
    folded: new Set(remembered('folded')?.split(' ')),
    /** @type {import('./control.js').Modal | null} */
    modal: null,
    /** @type {import('./dialogs.js').Dialog | null} */
    dialog: null,
    /** The list shows on a narrow screen. */
    open: false,
    members: innerWidth >= roomyPx && remembered('members') !== 'no',
    /** Older messages than those that are shown may exist. */
    hasEarlier: false,
    light: remembered('theme') ? remembered('theme') === 'light' : systemLight.matches,
    /** Nobody answers. */
    lost: false,
    /** What went wrong last. */
    notice: '',
    /** What is being sent. */
    note: '',
  };
  let stopListening = ignore;
  let isReadingEarlier = false;
  /** Somebody else looks through the page, and their world was not read yet. */
  let hasChanged = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let refreshTimer;

  /** @param {Partial<typeof state>} next */
  const change = (next) => {
    Object.assign(state, next);
    on.change();
  };
  const fail = (/** @type {unknown} */ thrown) => change({ notice: sentence(thrown) });
  const spot = () => state.world && spotOf(state.world, state.direct, state.channel);

  systemLight.addEventListener('change', ({ matches }) => {
    if (!remembered('theme')) change({ light: matches });
  });

  /** Learns who is there, and becomes one of them; asks again until somebody answers. */
  async function start() {
    try {
      const people = await readPeople();
      const user = people.find(({ id }) => id === state.user) ?? people[0];
      change({ user: user?.id ?? null, lost: false });
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

  /** Reads what the person sees. @returns {Promise<boolean>} false where nobody wants the answer any more */
  async function look() {
    const user = state.user;
    if (user === null) return false;
    const [world, direct] = await Promise.all([readWorld(user, state.wanted), readDirectMessages(user)]);
    if (state.user !== user) return false;
    change({ world, direct, lost: false, isArriving: false });
    return true;
  }

  async function load() {
    try {
      const isOther = hasChanged;
      if (!(await look())) return;
      hasChanged = false;
      const { channel: asked, world, direct, user } = state;
      // What came before is found by the marks of what was read, which opening a channel moves on.
      const missed = world && user ? missedNews(world, direct, user) : null;
      await openChannel(spot() ? asked : startingPlace(), { replace: true });
      // Somebody else may not see what was open: that is no mishap.
      if (!isOther && asked !== null && asked !== state.channel) change({ notice: unknownChannel });
      const unread = await missed;
      if (unread && state.user === user)
        change({ unread: withoutNews(mergedNews(unread, state.unread), state.channel) });
    } catch (thrown) {
      fail(thrown);
    }
  }

  /** Reads the world anew, and moves on where the open channel is gone. */
  async function refresh() {
    try {
      if (!(await look()) || spot()) return;
      const guild = state.world?.guilds.find(({ id }) => id === state.guild);
      const isHome = state.guild === null;
      const next = guild ? firstChannel(guild) : isHome ? (state.direct[0]?.id ?? null) : startingPlace();
      if (next !== state.channel) await openChannel(next, { replace: true, guild: guild?.id, open: state.open });
    } catch (thrown) {
      fail(thrown);
    }
  }

  function refreshSoon() {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = undefined;
      void refresh();
    }, gatherMs);
  }

  /** Where the person was last in the open server, else in their first; without a server, their direct messages. */
  function startingPlace() {
    const guilds = state.world?.guilds ?? [];
    const guild = guilds.find(({ id }) => id === state.guild) ?? guilds[0];
    return guild ? placeIn(guild) : (state.direct[0]?.id ?? null);
  }

  /** @param {import('./world.js').Guild} guild */
  function placeIn(guild) {
    const last = lastPlaces.of(state.user ?? '', guild.id);
    const isThere = [...guild.channels, ...guild.threads].some(({ id }) => id === last);
    return isThere ? last : firstChannel(guild);
  }

  /** @param {string | null} id @param {{ guild?: string | null | undefined, replace?: boolean, open?: boolean }} [how] `guild`: where there is no channel */
  async function openChannel(id, { guild = null, replace = false, open = false } = {}) {
    const address = `#${id ?? ''}`;
    // A way back to the place before, where there was one.
    if (replace) history.replaceState(null, '', address);
    else if (location.hash !== address) history.pushState(null, '', address);
    const unread = withoutNews(state.unread, id);
    if (id !== state.channel) state.dialog = null;
    const members = state.members && innerWidth > besidePx;
    Object.assign(state, { channel: id, unread, open, members, hasEarlier: false, notice: '', note: '' });
    const at = spot();
    change({ guild: at ? (at.guild?.id ?? null) : guild });
    on.arrive();
    const user = state.user;
    if (id === null || user === null) return;
    if (at?.guild) lastPlaces.keep(user, at.guild.id, id);
    if (at?.kind === 'channel' && isForum(at.channel)) return;
    try {
      let first = 0;
      const read = async () => {
        const newest = await readMessages(id, user);
        first = newest.length;
        return newest;
      };
      await messages.read(id, read, () => state.user === user);
      if (state.channel === id) markRead();
      if (state.channel === id) change({ hasEarlier: first === messagesAtOnce });
    } catch (thrown) {
      fail(thrown);
    }
  }

  /** The person has seen what is shown. */
  function markRead() {
    const last = messages.of(state.channel)?.at(-1)?.id;
    if (state.user && state.channel && last) readMarks.keep(state.user, { [state.channel]: last });
  }

  /** Reads what was said before the oldest message that is shown; resolves when it is drawn. */
  async function readEarlier() {
    const { user, channel } = state;
    const oldest = messages.of(channel)?.[0];
    if (!state.hasEarlier || isReadingEarlier || user === null || channel === null || !oldest) return;
    isReadingEarlier = true;
    try {
      const earlier = await readMessages(channel, user, oldest.id);
      const read = async () => [...earlier, ...(messages.of(channel) ?? [])];
      const isWanted = () => state.user === user && messages.of(channel)?.[0]?.id === oldest.id;
      await messages.read(channel, read, isWanted);
      if (state.channel === channel) change({ hasEarlier: earlier.length === messagesAtOnce });
    } catch (thrown) {
      fail(thrown);
    } finally {
      isReadingEarlier = false;
    }
  }

  /** @param {import('./events.js').Event} event */
  function onEvent({ type, channel, id, ids = [], user, message }) {
    if (message && channel) {
      messages.put(channel, message);
      on.hear(message);
      if (type === 'message') hear(channel, message);
      else on.change();
    } else if (channel && (type === 'message_delete' || type === 'messages_delete')) {
      for (const gone of id ? [id] : ids) messages.remove(channel, gone);
      on.change();
    } else if (type === 'typing' && channel && user && user !== state.user) {
      typing.start(channel, user);
      on.change();
    } else if (type === 'commands' || type === 'world' || type === 'dm') {
      refreshSoon();
    }
  }

  /** @param {string} channel @param {import('./control.js').Message} message */
  function hear(channel, message) {
    typing.stop(channel, message.author.id);
    const at = state.world && spotOf(state.world, state.direct, channel);
    const user = state.user ?? '';
    const reader = { user, roles: at?.guild ? rolesOf(at.guild, user) : [], isDirect: at?.kind === 'direct' };
    const isOpen = channel === state.channel;
    // Threads that nobody asked this person into are none of their news; those of a forum are marked in it.
    const isApart =
      at?.kind === 'thread' &&
      !isForum(at.parent) &&
      !at.thread.members.includes(user) &&
      !isMentioned(message, reader);
    if (isOpen) markRead();
    change(isOpen || isApart ? {} : { unread: withNews(state.unread, channel, message, reader) });
    // How much a thread holds and when it was last used stands in the world.
    if (at?.kind === 'thread' || !at) refreshSoon();
  }

  return {
    state,
    change,
    fail,
    start,
    refresh,
    refreshSoon,
    /** Where one is; null where there is nothing. */
    spot,
    /** Ids of those who type where one is. */
    typing: () => typing.in(state.channel),
    /** @returns what is to be seen of the open channel, oldest first; null while it is being read */
    messages: () => messages.of(state.channel)?.filter(({ id }) => !state.dismissed.has(id)) ?? null,
    readEarlier,
    openChannel: (/** @type {string} */ id) => void openChannel(id),
    /** What somebody typed into the address. @param {string} id */
    openAddress(id) {
      if (id === state.channel || !state.world) return;
      if (spotOf(state.world, state.direct, id)) void openChannel(id, { replace: true });
      else {
        history.replaceState(null, '', `#${state.channel ?? ''}`);
        change({ notice: unknownChannel });
      }
    },
    openHome: () => void openChannel(state.direct[0]?.id ?? null, { open: state.open }),
    /** @param {string} id */
    openGuild(id) {
      const guild = state.world?.guilds.find((each) => each.id === id);
      if (guild) void openChannel(placeIn(guild), { guild: id, open: state.open });
    },
    /** What lies over the messages on a narrow screen goes. */
    closeDrawers() {
      if (state.open || (state.members && innerWidth <= besidePx)) {
        change({ open: false, members: state.members && innerWidth > besidePx });
      }
    },
    /** One of very many, which is not listed. @param {string} wanted id or name */
    async findGuild(wanted) {
      const before = state.wanted;
      state.wanted = wanted.trim();
      await refresh();
      const name = state.wanted.toLowerCase();
      const guild = state.world?.guilds.find((each) => each.id === name || each.name.toLowerCase() === name);
      if (guild) await openChannel(placeIn(guild), { guild: guild.id, open: state.open });
      else change({ wanted: before, notice: `You are in no server called “${wanted.trim()}”.` });
    },
    toggleSidebar: () => change({ open: !state.open }),
    toggleMembers() {
      const members = !state.members;
      if (innerWidth >= roomyPx) remember('members', members ? 'yes' : 'no');
      change({ members });
      // Whether the bot is there may have changed unheard.
      if (members) void refresh();
    },
    /** @param {string} category id */
    toggleCategory(category) {
      const folded = new Set(state.folded);
      if (!folded.delete(category)) folded.add(category);
      remember('folded', [...folded].join(' '));
      change({ folded });
    },
    /** @param {string} id */
    switchUser(id) {
      remember('user', id);
      messages.clear();
      // Nobody may act with the eyes and rights of somebody else, not even until their own world is read.
      const world = state.world && { ...state.world, guilds: [], moreGuilds: 0 };
      hasChanged = true;
      state.wanted = '';
      change({
        isArriving: true,
        world,
        user: id,
        unread: new Map(),
        direct: [],
        modal: null,
        dialog: null,
        notice: '',
        note: '',
      });
      follow();
    },
    toggleTheme() {
      remember('theme', state.light ? 'dark' : 'light');
      change({ light: !state.light });
    },
    /** @param {import('./dialogs.js').Dialog | null} dialog */
    showDialog: (dialog) => change({ dialog }),
    closeModal: () => change({ modal: null }),
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

const unknownChannel = 'There is no such channel that you can see.';

/** @param {unknown} thrown */
function sentence(thrown) {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  // The banner says this one already.
  return said === unreachable ? '' : said;
}
