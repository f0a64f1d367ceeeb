import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { cross } from './icons.js';
import { markdown } from './markdown-view.js';
import { tagText } from './forum-view.js';
import { requiresTag } from './world.js';

/**
 * What the page asks the person.
 * @typedef {import('./control.js').Message} Message
 * @typedef {{ kind: 'thread', message: Message } | { kind: 'post', forum: import('./world.js').GuildChannel, moderates: boolean }
 *   | { kind: 'edit', message: Message } | { kind: 'delete', message: Message }} Dialog `moderates`: the person may give every tag
 */

/** The most tags that Discord takes on one post. */
const mostTags = 5;
const longestName = 100;
const longestMessage = 2000;
const nameless = { user: () => null, channel: () => null };

/**
 * The dialog that is open, if any. Where it fails it says why, and stays.
 *
 * @param {HTMLElement} root @param {Dialog | null} dialog
 * @param {{ close: () => void, names?: import('./markdown-view.js').Names } & Pick<import('./acts.js').Acts, 'createThread' | 'edit' | 'remove'>} moves
 *   `names`: what mentions in a quoted message stand for
 */
export function drawDialog(root, dialog, { close, names = nameless, createThread, edit, remove }) {
  /** @param {FormData} form @returns {Promise<void>} */
  const send = (form) => {
    const text = (/** @type {string} */ name) => {
      const entered = form.get(name);
      return typeof entered === 'string' ? entered.trim() : '';
    };
    switch (dialog?.kind) {
      case 'thread':
        return createThread(dialog.message.channel_id, { name: text('name'), message: dialog.message.id });
      case 'post': {
        const tags = form.getAll('tag').map(String);
        return createThread(dialog.forum.id, { name: text('name'), content: text('content'), tags });
      }
      case 'edit':
        return edit(dialog.message.id, text('content'));
      case 'delete':
        return remove(dialog.message.id);
      default:
        return Promise.resolve();
    }
  };
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.ariaBusy === 'true') return;
    const failure = form.querySelector('.dialog-error');
    const entered = new FormData(form);
    const problem = problemOf(dialog, entered);
    if (failure) failure.textContent = problem;
    if (problem) return;
    form.ariaBusy = 'true';
    try {
      await send(entered);
    } catch (thrown) {
      if (failure) failure.textContent = thrown instanceof Error ? thrown.message : String(thrown);
    } finally {
      form.ariaBusy = null;
    }
  };
  const { title, fields, action, isGrave } = contentOf(dialog, names);
  const template =
    dialog === null
      ? nothing
      : keyed(
          dialog,
          html`<dialog class="dialog" aria-label=${title} @close=${close}>
            <form @submit=${submit}>
              <header>
                <h2>${title}</h2>
                <button type="button" class="icon-button" aria-label="Close" @click=${close}>${cross}</button>
              </header>
              <div class="dialog-body">${fields}</div>
              <p class="dialog-error" role="alert"></p>
              <footer>
                <button type="button" class="button secondary" @click=${close}>Cancel</button>
                <button type="submit" class="button ${isGrave ? 'danger' : 'primary'}">${action}</button>
              </footer>
            </form>
          </dialog>`,
        );
  render(template, root);
  const element = root.querySelector('dialog');
  if (!element || element.open) return;
  element.showModal();
  const first = element.querySelector('input, textarea, [type=submit]');
  if (first instanceof HTMLElement) first.focus();
}

/** What Discord's client would not send. @param {Dialog | null} dialog @param {FormData} form @returns {string} empty where all is well */
function problemOf(dialog, form) {
  if (dialog?.kind !== 'post') return '';
  const count = form.getAll('tag').length;
  if (count > mostTags) return `Choose at most ${mostTags} tags.`;
  return count === 0 && requiresTag(dialog.forum) ? 'A tag is required for posts in this channel.' : '';
}

/** @param {Dialog | null} dialog @param {import('./markdown-view.js').Names} names */
function contentOf(dialog, names) {
  switch (dialog?.kind) {
    case 'thread': {
      const fields = html`${nameField('Thread Name', 'New Thread')}${quoteView(dialog.message, names)}`;
      return { title: 'Create Thread', fields, action: 'Create Thread' };
    }
    case 'post':
      return { title: 'New Post', fields: postFields(dialog), action: 'Post' };
    case 'edit':
      return { title: 'Edit Message', fields: editFields(dialog.message), action: 'Save' };
    case 'delete': {
      const fields = html`<p>Are you sure you want to delete this message?</p>
        ${quoteView(dialog.message, names)}`;
      return { title: 'Delete Message', fields, action: 'Delete', isGrave: true };
    }
    default:
      return { title: '', fields: nothing, action: '' };
  }
}

/** @param {Extract<Dialog, { kind: 'post' }>} dialog */
function postFields({ forum, moderates }) {
  const tags = forum.available_tags ?? [];
  return html`${nameField('Title', 'Title')}${contentField('Message', '')}
  ${
    tags.length === 0
      ? nothing
      : html`<fieldset>
          <legend>Tags${requiresTag(forum) ? html`<i aria-hidden="true"> *</i>` : nothing}</legend>
          ${tags.map((tag) => {
            const isOpen = moderates || !tag.moderated;
            return html`<label class="tag" title=${isOpen ? nothing : 'Only moderators can apply this tag'}
              ><input
                type="checkbox"
                class="visually-hidden"
                name="tag"
                value=${tag.id}
                ?disabled=${!isOpen}
              />${tagText(tag)}</label
            >`;
          })}
        </fieldset>`
  }`;
}

/** @param {string} label @param {string} placeholder */
function nameField(label, placeholder) {
  return html`<label class="dialog-field"
    ><span>${label}<i aria-hidden="true"> *</i></span>
    <input
      name="name"
      required
      pattern=".*\\S.*"
      maxlength=${longestName}
      placeholder=${placeholder}
      autocomplete="off"
  /></label>`;
}

/** @param {string} label @param {string} value */
function contentField(label, value) {
  return html`<label class="dialog-field"
    ><span>${label}<i aria-hidden="true"> *</i></span>
    <textarea name="content" rows="5" required maxlength=${longestMessage} .value=${value}></textarea>
  </label>`;
}

/** @param {Message} message */
function editFields({ content }) {
  return html`<div @keydown=${saveByEnter}>${contentField('Message', content)}</div>
    <p class="hint">escape to cancel • enter to save</p>`;
}

/** Enter with Shift begins a line, as in the composer. @param {KeyboardEvent} event */
function saveByEnter(event) {
  // While somebody chooses a character, Enter takes it.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
}

/** The message as the log shows it. @param {Message} message @param {import('./markdown-view.js').Names} names */
function quoteView({ author, content, mentions = [] }, names) {
  const mentioned = (/** @type {string} */ id) => mentions.find((user) => user.id === id);
  const known = {
    ...names,
    user: (/** @type {string} */ id) => names.user(id) ?? mentioned(id)?.global_name ?? mentioned(id)?.username ?? null,
  };
  return html`<blockquote>
    <b>${author.global_name ?? author.username}</b>
    <div class="markdown">${content ? markdown(content, known) : '(no text)'}</div>
  </blockquote>`;
}
