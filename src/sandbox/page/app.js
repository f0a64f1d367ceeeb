import { html, nothing, render } from 'lit';
import { createComposer } from './composer.js';
import { unreachable } from './control.js';
import { headingView, openingView } from './heading-view.js';
import { createMessageLog } from './message-log.js';
import { drawModal } from './modal.js';
import { railView, sidebarView } from './places.js';
import { createSession } from './session.js';
import { dressMessages } from './skin.js';

dressMessages();

const banner = part('banner');
const rail = part('rail');
const sidebar = part('sidebar');
const heading = part('heading');
const dialog = part('dialog');

const session = createSession({ change: draw, arrive: () => composer.focus(), speak: () => log.toEnd() });
const log = createMessageLog(part('log'));
const composer = createComposer(part('composer'), session);

function draw() {
  const { state } = session;
  document.documentElement.dataset['theme'] = state.light ? 'light' : 'dark';
  render(state.lost ? html`<p>${unreachable}</p>` : nothing, banner);
  const { world, channel } = state;
  const user = world?.users.find(({ id }) => id === state.user);
  if (!world || !user) return;
  const listed = world.channels.find(({ id }) => id === channel);
  const isDirect = state.direct.some(({ id }) => id === channel);
  const name = listed ? `#${listed.name}` : isDirect ? `@${world.bot?.name ?? 'bot'}` : null;
  const news = state.unread.size > 0 ? `(${state.unread.size}) ` : '';
  document.title = `${news}${name ?? 'Local Discord'} | ${world.guild.name}`;
  const places = { ...state, world, user };
  render(railView(places, session), rail);
  render(sidebarView(places, session), sidebar);
  render(headingView({ ...state, name, topic: listed?.topic ?? '' }, session), heading);
  log.draw({
    channel,
    label: name === null ? 'Messages' : `Messages in ${name}`,
    opening: openingView(name),
    messages: session.messages(),
    light: state.light,
    around: {
      names: namesIn(world),
      avatarOf: (id) => `/avatars/${id}.svg`,
      press: session.press,
      dismiss: (message) => session.dismiss(message),
    },
  });
  composer.draw({ world, place: name, isDirect, note: state.note });
  drawModal(dialog, state.modal, session);
}

/** What mentions stand for. @param {import('./control.js').World} world @returns {import('./markdown-view.js').Names} */
function namesIn({ users, bot, channels }) {
  const people = bot ? [...users, bot] : users;
  return {
    user: (id) => people.find((each) => each.id === id)?.name ?? null,
    channel: (id) => channels.find((each) => each.id === id)?.name ?? null,
  };
}

/** A part of index.html. @param {string} id */
function part(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

window.addEventListener('hashchange', () => session.openChannel(location.hash.slice(1)));
void session.start();
