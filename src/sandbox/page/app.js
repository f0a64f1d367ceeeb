import { html, nothing, render } from 'lit';
import { createActs } from './acts.js';
import { commandsHere } from './command-line.js';
import { createComposer } from './composer.js';
import { composerPlace, placeName } from './composer-place.js';
import { readMessages, unreachable } from './control.js';
import { drawDialog } from './dialogs.js';
import { followToTop } from './earlier.js';
import { createForum } from './forum-view.js';
import { headingView } from './heading-view.js';
import { membersView } from './members-view.js';
import { messageMenu } from './message-menu.js';
import { createMessageLog } from './message-log.js';
import { drawModal } from './modal.js';
import { namesIn } from './names.js';
import { openingView } from './opening-view.js';
import { railView } from './rail-view.js';
import { nameColour } from './role-colour.js';
import { createSession } from './session.js';
import { sidebarView } from './sidebar-view.js';
import { dressMessages } from './skin.js';
import { createStarters } from './starters.js';
import { can, everybody, heldAt, isForum, peopleOf, permissions } from './world.js';

dressMessages();

const banner = part('banner');
const rail = part('rail');
const sidebar = part('sidebar');
const heading = part('heading');
const logRoot = part('log');
const composerRoot = part('composer');
const forumRoot = part('forum');
const membersRoot = part('members');

const session = createSession({
  change: draw,
  arrive: () => composer.focus(),
  hear: (message) => starters.put(message),
});
const acts = createActs(session, () => log.toEnd());
const log = createMessageLog(logRoot);
const composer = createComposer(composerRoot, acts);
const starters = createStarters((thread, before) => readMessages(thread, session.state.user ?? '', before), draw);
const forum = createForum(forumRoot, {
  openChannel: session.openChannel,
  newPost: (channel) => {
    const spot = session.spot();
    const moderates = spot !== null && can(spot, permissions.manageThreads);
    session.showDialog({ kind: 'post', forum: channel, moderates });
  },
});
const readEarlier = followToTop(logRoot, {
  hasEarlier: () => session.state.hasEarlier,
  readEarlier: session.readEarlier,
});

function draw() {
  const { state } = session;
  document.documentElement.dataset['theme'] = state.light ? 'light' : 'dark';
  render(state.lost ? html`<p>${unreachable}</p>` : nothing, banner);
  const { world, light } = state;
  const user = world?.users.find(({ id }) => id === state.user);
  if (!world || !user) return;
  const spot = session.spot();
  const guild = world.guilds.find(({ id }) => id === state.guild) ?? null;
  const name = spot && placeName(spot, world.bot.name);
  const news = state.unread.size > 0 ? `(${state.unread.size}) ` : '';
  document.title = `${news}${name ?? 'Local Discord'} | ${guild?.name ?? 'Direct Messages'}`;
  const bot = world.bot.name;
  render(railView({ ...state, world }, session), rail);
  render(sidebarView({ ...state, world, user }, session), sidebar);
  render(headingView({ ...state, spot, bot }, session), heading);
  render(guild && state.members ? membersView(world, guild, session) : nothing, membersRoot);

  const nameOf = (/** @type {string} */ id) => everybody(world).find((each) => each.id === id)?.name ?? null;
  const isForumOpen = spot?.kind === 'channel' && isForum(spot.channel);
  forumRoot.hidden = !isForumOpen;
  logRoot.hidden = isForumOpen;
  const stranger = spot === null && world.guilds.length === 0 && !state.isArriving ? user.name : null;
  composerRoot.hidden = isForumOpen || stranger !== null;
  if (isForumOpen) forum.draw({ spot, nameOf, avatarOf, starterOf: starters.of, unread: state.unread });

  const commands = spot ? commandsHere(world.commands, hereOf(spot, user)) : [];
  const choices = choicesAt(world, spot, user.id);
  const names = namesIn(world, spot?.guild ?? null);
  const roles = spot?.guild?.members.find((member) => member.user === user.id)?.roles ?? [];
  const around = {
    names,
    avatarOf,
    colourOf: (/** @type {string} */ id) => (spot?.guild ? nameColour(spot.guild, id) : null),
    reader: { user: user.id, roles },
    press: acts.press,
    dismiss: session.dismiss,
    choices,
    react: acts.react,
    menu: (/** @type {import('./control.js').Message} */ message) =>
      spot ? messageMenu(message, { spot, user: user.id, commands }, acts, session.showDialog) : [],
    openThread: session.openChannel,
  };
  log.draw({
    channel: state.channel,
    label: name === null ? 'Messages' : `Messages in ${name}`,
    opening: openingView(
      spot,
      { bot, avatar: world.bot.avatar, nameOf, hasEarlier: state.hasEarlier, stranger },
      readEarlier,
    ),
    messages: isForumOpen ? [] : session.messages(),
    light,
    around,
  });
  composer.draw(composerPlace({ ...state, spot, world, user, typing: session.typing(), commands, choices }));
  drawModal(part('dialog'), state.modal, { ...acts, ...session }, { names, choices, bot });
  drawDialog(part('question'), state.dialog, { ...acts, names, close: () => session.showDialog(null) });
}

/** @param {import('./world.js').Spot} spot @param {import('./world.js').Person} user @returns {import('./command-line.js').Here} */
function hereOf(spot, { locale }) {
  if (spot.kind === 'direct') return { isDirect: true, locale };
  const channel = spot.kind === 'thread' ? spot.parent : spot.channel;
  const { id: guild, hasBot } = spot.guild;
  return { guild, hasBot, permissions: heldAt(spot), isNsfw: channel.nsfw === true, locale };
}

/** The picture of a person. @param {string} id */
function avatarOf(id) {
  return `/avatars/${id}.svg`;
}

/** What selects and options choose from. @param {import('./world.js').World} world @param {import('./world.js').Spot | null} spot @param {string} user id */
function choicesAt(world, spot, user) {
  const guild = spot?.guild ?? null;
  return {
    users: peopleOf(world, guild, user),
    roles: guild?.roles.toSorted((a, b) => b.position - a.position) ?? [],
    channels: [...(guild?.channels ?? []), ...(guild?.threads.filter((each) => !each.thread_metadata.archived) ?? [])],
  };
}

/** A part of index.html. @param {string} id */
function part(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

window.addEventListener('hashchange', () => session.openAddress(location.hash.slice(1)));
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
    session.closeDrawers();
});
void session.start();
