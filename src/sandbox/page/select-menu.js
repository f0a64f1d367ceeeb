import { LitElement } from 'lit';
import { placePopup } from './place-popup.js';
import { isSearched, optionsOf, presetValues } from './select-options.js';
import { selectView } from './select-view.js';

let made = 0;

/**
 * A select of a message or a form: a combobox with a list (WAI-ARIA Authoring Practices, select-only and editable combobox).
 * Focus stays in the box; `aria-activedescendant` names the option that Enter would choose.
 *
 * A list for one value closes when it is chosen. One for several stays, and what was chosen is sent when it closes.
 */
export class SelectMenu extends LitElement {
  /** @override */
  static properties = {
    component: { attribute: false },
    choices: { attribute: false },
    label: { attribute: false },
    picked: { state: true },
    typed: { state: true },
    active: { state: true },
    isOpen: { state: true },
    isBusy: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./control.js').Component} */
    this.component = { type: 0 };
    /** @type {import('./control.js').Choices | undefined} */
    this.choices = undefined;
    /** The accessible name where a form gives one; else the placeholder serves. */
    this.label = '';
    /** Sends what was chosen; a form has none and reads `picked`. @type {((values: string[]) => Promise<void>) | undefined} */
    this.send = undefined;
    /** @type {readonly string[]} */
    this.picked = [];
    /** What `picked` was when the list opened. @type {readonly string[]} */
    this.earlier = [];
    this.typed = '';
    /** Index into `offered()`; -1 for none. */
    this.active = -1;
    this.isOpen = false;
    this.isBusy = false;
    this.listId = `select-${++made}`;
    this.place = () => {
      const [popup, box] = [this.inner('.select-list'), this.inner('.select')];
      if (popup && box) placePopup(popup, box, { wide: true });
    };
    this.addEventListener('focusout', ({ relatedTarget }) => {
      // Leaving the window is not leaving the list.
      if (document.hasFocus() && !(relatedTarget instanceof Node && this.contains(relatedTarget))) this.close();
    });
  }

  /** The page's style sheets dress it, so it draws into the page itself. @override */
  createRenderRoot() {
    return this;
  }

  /** @param {import('lit').PropertyValues<this>} changed @override */
  willUpdate(changed) {
    // A message that the bot updates shows what the bot says is chosen; a list that is open is not pulled away.
    if (changed.has('component') && !this.isOpen) this.picked = presetValues(this.component);
  }

  /** @override */
  render() {
    return selectView(this);
  }

  /** @override */
  updated() {
    if (!this.isOpen) return;
    this.inner('.select-list')?.showPopover();
    this.place();
    this.inner('.active')?.scrollIntoView({ block: 'nearest' });
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.isOpen = false;
    this.stopPlacing();
  }

  /** @override */
  focus() {
    void this.updateComplete.then(() => this.inner('[role=combobox]')?.focus());
  }

  /** @param {string} selector @returns {HTMLElement | null} */
  inner(selector) {
    return this.querySelector(selector);
  }

  /** All options, and those that fit what was typed. */
  options() {
    return optionsOf(this.component, this.choices);
  }

  offered() {
    const typed = this.typed.trim().toLowerCase().replace(/^[@#]/, '');
    return this.options().filter(({ label }) => label.toLowerCase().includes(typed));
  }

  most() {
    return this.component.max_values ?? 1;
  }

  /** How many must be chosen; in a form, an answer that is not required may also be left out. */
  least() {
    return !this.send && this.component.required === false ? 0 : (this.component.min_values ?? 1);
  }

  isFull() {
    return this.most() > 1 && this.picked.length >= this.most();
  }

  open() {
    if (this.isOpen || this.isBusy || this.component.disabled) return;
    this.earlier = this.picked;
    this.active = this.offered().findIndex(({ value }) => this.picked.includes(value));
    this.isOpen = true;
    addEventListener('scroll', this.place, { capture: true, passive: true });
    addEventListener('resize', this.place);
    this.inner('[role=combobox]')?.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.typed = '';
    this.active = -1;
    this.stopPlacing();
    if (this.send && this.picked.length < this.least()) this.picked = this.earlier;
    else void this.commit();
  }

  stopPlacing() {
    removeEventListener('scroll', this.place, { capture: true });
    removeEventListener('resize', this.place);
  }

  /** Sends what is chosen, if that is news. */
  async commit() {
    const { earlier, picked, send } = this;
    this.earlier = picked;
    const isNews = earlier.length !== picked.length || picked.some((value) => !earlier.includes(value));
    if (!isNews) return;
    this.dispatchEvent(new Event('change', { bubbles: true }));
    if (!send) return;
    this.isBusy = true;
    await send([...picked]);
    this.isBusy = false;
  }

  /** @param {import('./select-options.js').Option | undefined} option */
  toggle(option) {
    if (!option) return;
    const { value } = option;
    const isPicked = this.picked.includes(value);
    if (this.most() > 1) {
      if (!isPicked && this.isFull()) return;
      this.picked = isPicked ? this.picked.filter((each) => each !== value) : [...this.picked, value];
      return;
    }
    this.picked = isPicked && this.least() === 0 ? [] : [value];
    this.close();
  }

  clear() {
    this.earlier = this.picked;
    this.picked = [];
    void this.commit();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { key } = event;
    const searched = isSearched(this.component);
    if (!this.isOpen) {
      if (['ArrowDown', 'ArrowUp', 'Enter'].includes(key) || (key === ' ' && !searched)) {
        event.preventDefault();
        this.open();
      } else if (!searched && isLetter(event)) {
        this.open();
        this.jumpTo(key);
      }
      return;
    }
    const last = this.offered().length - 1;
    if (key === 'ArrowDown') this.active = this.active >= last ? 0 : this.active + 1;
    else if (key === 'ArrowUp') this.active = this.active <= 0 ? last : this.active - 1;
    else if (key === 'Home' && !searched) this.active = 0;
    else if (key === 'End' && !searched) this.active = last;
    else if (key === 'Enter' || (key === ' ' && !searched)) this.toggle(this.offered()[this.active]);
    else if (key === 'Escape') this.close();
    else if (key === 'Backspace' && searched && this.typed === '') this.picked = this.picked.slice(0, -1);
    else {
      if (!searched && isLetter(event)) this.jumpTo(key);
      return;
    }
    // Also keeps Escape from closing the form around the list.
    event.preventDefault();
  }

  /** @param {string} letter to the next option that begins with it */
  jumpTo(letter) {
    const labels = this.options().map(({ label }) => label.toLowerCase());
    const wanted = letter.toLowerCase();
    const next = labels.findIndex((label, index) => index > this.active && label.startsWith(wanted));
    const found = next === -1 ? labels.findIndex((label) => label.startsWith(wanted)) : next;
    if (found !== -1) this.active = found;
  }

  /** @param {string} typed */
  search(typed) {
    this.open();
    this.typed = typed;
    this.active = typed === '' || this.offered().length === 0 ? -1 : 0;
  }
}

/** @param {KeyboardEvent} event */
function isLetter({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
