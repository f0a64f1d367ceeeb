import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { argumentAt, localisedChoice, readLine, typedCommands } from './command-line.js';
import { mirrorView, suggestionsView } from './composer-view.js';
import { drafts } from './drafts.js';
import { optionValues, pickedKey, valuesSoFar } from './option-values.js';
import { chooseFile, nameInLine, readFile } from './picked-file.js';
import { sentText } from './sent-text.js';
import { suggest } from './suggestions.js';

/** There the box has room for less. */
const narrow = matchMedia('(max-width: 700px)');
const completionDelayMs = 150;
/** Characters that a message can hold; Discord counts down from so many before the end. */
const mostCharacters = 2000;
const countedCharacters = 200;

/**
 * What the box needs to know of the place it stands in.
 * @typedef {object} Place
 * @property {string | null} place what is written to, as `#channel` or `@bot`; null where nothing can be sent
 * @property {string | null} draft the key of what is begun here
 * @property {string} silence why there are no commands, where there are none
 * @property {string} refusal why nothing can be sent there, in Discord's words; empty where it can
 * @property {string} hint what becomes of a message, where that is not plain
 * @property {string} note who is typing, or what is being sent
 * @property {string} locale of the person
 * @property {readonly import('./command-line.js').Command[]} commands also those that the person may not use
 * @property {readonly import('./suggestions.js').Named[]} channels @property {readonly import('./suggestions.js').Named[]} users
 * @property {readonly import('./suggestions.js').Named[]} roles
 */

/**
 * The box at the bottom: takes slash commands, with hints for each option.
 *
 * @param {HTMLElement} root
 * @param {object} deps
 * @param {(command: { command: string, options: Record<string, import('./option-values.js').Value> }) => Promise<void>} deps.send
 *   rejects with a sentence for the reader
 * @param {(content: string) => Promise<void>} deps.say a message without a command; rejects likewise
 * @param {(request: { command: string, options: object, focused: string }) => Promise<readonly import('./control.js').Choice[]>} deps.complete
 */
export function createComposer(root, { send, say, complete }) {
  /** @type {Place} */
  let context = {
    place: null,
    draft: null,
    silence: '',
    refusal: '',
    hint: '',
    note: '',
    locale: 'en-US',
    commands: [],
    channels: [],
    users: [],
    roles: [],
  };
  let text = '';
  let caret = 0;
  /** @type {number | null} */
  let moved = null;
  let closed = false;
  let error = '';
  let wrongOption = '';
  /** @type {{ for: string, items: readonly { name: string }[] }} */
  let choices = { for: '', items: [] };
  /** @type {Map<string, string | number | import('./picked-file.js').PickedFile>} */
  const picked = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const commands = () => typedCommands(context.commands);
  const meanings = () => ({ ...context, picked });
  const offers = () => ({ ...context, commands: commands(), choices: choices.items });
  const suggestions = () => (closed || context.place === null ? null : suggest(text, caret, offers()));
  const chosen = () => {
    const offered = suggestions();
    return offered ? (moved ?? (offered.first ? 0 : -1)) : -1;
  };
  const field = () => root.querySelector('textarea');

  const change = (/** @type {string} */ next, at = next.length) => {
    // A command is one line; a message keeps its own.
    text = next.startsWith('/') ? next.replaceAll('\n', ' ') : next;
    if (context.draft !== null) drafts.keep(context.draft, text);
    caret = at;
    moved = null;
    closed = false;
    error = '';
    wrongOption = '';
    askBot();
    draw();
  };
  const take = (/** @type {number} */ index) => {
    const item = suggestions()?.items[index];
    if (!item) return;
    if (item.picked) picked.set(pickedKey(item.picked.key, item.picked.name), item.picked.value);
    if (item.file) void takeFile(item.file);
    else toEnd(item.text, item.caret);
  };
  const toEnd = (/** @type {string} */ line, at = line.length) => {
    change(line, at);
    const element = field();
    element?.focus();
    element?.setSelectionRange(at, at);
  };
  const takeFile = async (/** @type {{ key: string, line: (name: string) => string }} */ { key, line }) => {
    const before = text;
    const file = await chooseFile();
    if (file === null) return;
    const content = await readFile(file);
    if (text !== before) return;
    picked.set(pickedKey(key, nameInLine(file.name)), content);
    toEnd(line(nameInLine(file.name)));
  };
  const fail = (/** @type {string} */ sentence, option = '') => {
    error = sentence;
    wrongOption = option;
    draw();
  };
  /** What a line asks for, or what is wrong with it. */
  const order = (/** @type {string} */ sent) => {
    const line = readLine(sent, commands());
    if (line === null) {
      const over = -left(sent);
      if (over <= 0) return { command: null };
      const characters = over === 1 ? 'one character' : `${over.toLocaleString('en')} characters`;
      return { error: `Your message is too long: shorten it by ${characters}. Discord takes 2,000.`, option: '' };
    }
    if (line.command === null) return { error: unknownCommand(line.typed), option: '' };
    if (!line.command.allowed) return { error: 'You do not have permission to use this command.', option: '' };
    const values = optionValues(line, meanings());
    return 'error' in values ? values : { command: line.command.name, options: values.options };
  };
  const unknownCommand = (/** @type {string} */ typed) => {
    const [first = ''] = typed.split(/\s/);
    if (commands().length === 0 && context.silence) return context.silence;
    const below = commands().filter(({ path }) => path.startsWith(`${first} `));
    return below.length === 0
      ? `There is no command /${first}.`
      : `/${first} is not complete; there is ${below.map(({ path }) => `/${path}`).join(', ')}.`;
  };
  /** How many characters a message may still have; below 0 it cannot be sent. */
  const left = (/** @type {string} */ message) =>
    mostCharacters - Array.from(sentText(message.trim(), context, picked)).length;
  const submit = async () => {
    const sent = text.trim();
    if (sent === '') return;
    const asked = order(sent);
    if ('error' in asked) {
      // The list says the same where there are no commands.
      if (commands().length === 0) closed = true;
      fail(asked.error, asked.option);
      return;
    }
    const { draft } = context;
    const spoken = asked.command === null ? sentText(sent, context, picked) : '';
    change('');
    try {
      await (asked.command === null ? say(spoken) : send(asked));
    } catch (thrown) {
      if (context.draft !== draft) {
        if (draft !== null && drafts.of(draft) === '') drafts.keep(draft, sent);
        return;
      }
      // What was typed comes back, unless the person has begun anew.
      if (text === '') change(sent);
      closed = true;
      fail(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };

  /** Asks the bot for suggestions where the option at the caret takes them. */
  function askBot() {
    clearTimeout(timer);
    const line = readLine(text, commands());
    const argument = line && argumentAt(line, caret);
    if (!line?.command || !argument?.option.autocomplete) return;
    const wanted = `${line.command.path} ${argument.option.name} ${argument.text}`;
    if (choices.for === wanted) return;
    const command = line.command.name;
    const options = valuesSoFar(line, argument.option, meanings());
    timer = setTimeout(async () => {
      // Suggestions are a courtesy: without them the person types on.
      const found = await complete({ command, options, focused: argument.option.key }).catch(() => []);
      const items = found.map((choice) => localisedChoice(choice, context.locale));
      for (const { name, value } of items) picked.set(pickedKey(argument.option.key, name), value);
      choices = { for: wanted, items };
      draw();
    }, completionDelayMs);
  }

  const keyed = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const offered = suggestions();
    const count = offered?.items.length ?? 0;
    const at = chosen();
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      moved = at === -1 && step === -1 ? count - 1 : (at + step + count) % count;
      draw();
      root.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Tab' && !event.shiftKey && count > 0) {
      event.preventDefault();
      take(Math.max(at, 0));
    } else if (event.key === 'Escape' && offered) {
      event.preventDefault();
      closed = true;
      draw();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (at !== -1 && !isWhole()) take(at);
      else void submit();
    }
  };
  /** A command that needs nothing more is sent by Enter, though its own name is still being suggested. */
  const isWhole = () => {
    const line = readLine(text.trim(), commands());
    return (
      moved === null &&
      line?.command != null &&
      text.trim().length === line.commandEnd &&
      'options' in optionValues(line, meanings())
    );
  };

  function draw() {
    const offered = suggestions();
    const at = chosen();
    const line = readLine(text, commands());
    const { place, refusal, hint } = context;
    if (refusal) {
      render(
        html`<div class="composer-box refusal" role="note">${refusal}</div>
          ${noteView()}`,
        root,
      );
      return;
    }
    const hintAtCommands = narrow.matches ? '' : ' (type / for commands)';
    const placeholder = place === null ? 'Choose a channel' : `Message ${place}${hintAtCommands}`;
    // Blanks count in the mirror: nothing may stand beside this.
    const mirror =
      text === '' ? html`<span class="placeholder">${placeholder}</span>` : mirrorView(text, line, wrongOption);
    const template = html`
      ${offered ? suggestionsView(offered, at, take) : nothing}
      ${error ? html`<p class="composer-error" role="alert">${error}</p>` : nothing}
      ${hint ? html`<p class="composer-hint">${hint}</p>` : nothing}
      <div class="composer-box">
        <div class="composer-text">
          <div class="mirror" aria-hidden="true">${mirror}</div>
          <textarea
            rows="1"
            aria-label=${place === null ? 'Message' : `Message ${place}`}
            aria-autocomplete="list"
            aria-controls="suggestions"
            aria-activedescendant=${at >= 0 && (offered?.items.length ?? 0) > 0 ? `suggestion-${at}` : nothing}
            placeholder=${placeholder}
            autocomplete="off"
            spellcheck="false"
            ?disabled=${place === null}
            .value=${live(text)}
            @input=${() => change(field()?.value ?? '', field()?.selectionStart)}
            @keydown=${keyed}
            @keyup=${moveCaret}
            @click=${moveCaret}
          ></textarea>
        </div>
        ${counterView(line)}
        <button
          type="button"
          class="icon-button send"
          aria-label="Send"
          ?disabled=${text.trim() === ''}
          @click=${submit}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path
              d="M3 3.600c0-.8.8-1.300 1.500-1l17 8.500a1 1 0 0 1 0 1.800l-17 8.500c-.7.3-1.500-.2-1.500-1L5 13l8-1-8-1-2-7.400Z"
            />
          </svg>
        </button>
      </div>
      ${noteView()}
    `;
    render(template, root);
  }
  /** As in Discord, only near the end. @param {import('./command-line.js').Line | null} line */
  function counterView(line) {
    // Names become longer when they are sent: only a text that could reach the end is counted exactly.
    const remaining = line === null && text.length > countedCharacters ? left(text) : mostCharacters;
    if (remaining > countedCharacters) return nothing;
    return html`<span class="characters-left ${remaining < 0 ? 'over' : ''}" title="Characters left"
      >${remaining}</span
    >`;
  }
  function noteView() {
    return html`<p class="composer-note" aria-live="polite">${context.note}</p>`;
  }
  /** Takes up what was begun here. */
  function begin() {
    clearTimeout(timer);
    text = context.draft === null ? '' : drafts.of(context.draft);
    caret = text.length;
    moved = null;
    closed = true;
    error = '';
    wrongOption = '';
  }
  function moveCaret() {
    const at = field()?.selectionStart ?? caret;
    if (at === caret) return;
    caret = at;
    moved = null;
    draw();
  }

  return {
    /** @param {Place} next */
    draw(next) {
      const isElsewhere = next.draft !== context.draft;
      context = next;
      if (isElsewhere) begin();
      draw();
    },
    /** Puts the caret in the box, unless somebody is on a screen where that would open a keyboard. */
    focus() {
      if (matchMedia('(pointer: fine)').matches) field()?.focus();
    },
  };
}
