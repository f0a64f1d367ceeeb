import { html, nothing } from 'lit';
import { isSearched } from './select-options.js';

const chevron = html`<svg class="chevron" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M5.300 9.300a1 1 0 0 1 1.400 0l5.300 5.300 5.300-5.300a1 1 0 1 1 1.400 1.400l-6 6a1 1 0 0 1-1.400 0l-6-6a1 1 0 0 1 0-1.400Z"
  />
</svg>`;
const cross = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M17.300 18.700a1 1 0 0 0 1.400-1.400L13.400 12l5.300-5.300a1 1 0 0 0-1.400-1.400L12 10.600 6.700 5.300a1 1 0 0 0-1.400 1.400l5.300 5.300-5.300 5.300a1 1 0 1 0 1.400 1.400l5.300-5.300 5.300 5.300Z"
  />
</svg>`;

/** @param {import('./select-menu.js').SelectMenu} select */
export function selectView(select) {
  const { component, picked, isOpen, isBusy } = select;
  const options = select.options();
  const chosen = picked.map((value) => options.find((option) => option.value === value) ?? { value, label: value });
  const clearable = chosen.length > 0 && select.least() === 0 && !component.disabled;
  return html`<div
      class="select"
      ?data-open=${isOpen}
      ?data-disabled=${component.disabled === true}
      aria-busy=${isBusy ? 'true' : 'false'}
      @click=${() => (isOpen && !isSearched(component) ? select.close() : select.open())}
    >
      ${isSearched(component) ? searchBox(select, chosen) : plainBox(select, chosen)}
      ${
        clearable
          ? html`<button
              type="button"
              class="select-clear"
              aria-label="Clear the selection"
              @click=${(/** @type {Event} */ event) => {
                event.stopPropagation();
                select.clear();
              }}
            >
              ${cross}
            </button>`
          : nothing
      }
      ${isBusy ? html`<span class="dots" role="status" aria-label="Sending"><i></i><i></i><i></i></span>` : chevron}
    </div>
    ${isOpen ? listView(select) : nothing}`;
}

/** @param {import('./select-menu.js').SelectMenu} select @param {readonly import('./select-options.js').Option[]} chosen */
function plainBox(select, chosen) {
  const placeholder = placeholderOf(select);
  return html`<button
    type="button"
    class="select-box"
    role="combobox"
    aria-haspopup="listbox"
    aria-label=${select.label || placeholder}
    aria-expanded=${select.isOpen ? 'true' : 'false'}
    aria-controls=${select.isOpen ? select.listId : nothing}
    aria-activedescendant=${activeId(select) ?? nothing}
    ?disabled=${select.component.disabled === true}
    @keydown=${(/** @type {KeyboardEvent} */ event) => select.pressed(event)}
  >
    ${
      chosen.length === 0
        ? html`<span class="placeholder">${placeholder}</span>`
        : chosen.length === 1
          ? chosen.map((option) => faceView(option))
          : html`<span class="select-label">${chosen.map(({ label }) => label).join(', ')}</span>`
    }
  </button>`;
}

/** @param {import('./select-menu.js').SelectMenu} select @param {readonly import('./select-options.js').Option[]} chosen */
function searchBox(select, chosen) {
  const placeholder = placeholderOf(select);
  return html`<div class="select-box">
    ${chosen.map((option) => html`<span class="picked">${faceView(option)}</span>`)}
    <input
      role="combobox"
      aria-autocomplete="list"
      aria-label=${[select.label || placeholder, ...chosen.map(({ label }) => label)].join(', ')}
      aria-expanded=${select.isOpen ? 'true' : 'false'}
      aria-controls=${select.isOpen ? select.listId : nothing}
      aria-activedescendant=${activeId(select) ?? nothing}
      autocomplete="off"
      placeholder=${chosen.length === 0 ? placeholder : ''}
      ?disabled=${select.component.disabled === true}
      .value=${select.typed}
      @input=${(/** @type {Event} */ { target }) => {
        if (target instanceof HTMLInputElement) select.search(target.value);
      }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => select.pressed(event)}
    />
  </div>`;
}

/** @param {import('./select-menu.js').SelectMenu} select */
function listView(select) {
  const offered = select.offered();
  const several = select.most() > 1;
  // A press in the list must not take the focus from the box: that would close the list.
  return html`<div
    class="select-list"
    popover="manual"
    @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}
  >
    <ul
      role="listbox"
      id=${select.listId}
      aria-label=${select.label || placeholderOf(select)}
      aria-multiselectable=${several}
    >
      ${offered.map((option, index) => {
        const isPicked = select.picked.includes(option.value);
        return html`<li
          role="option"
          id="${select.listId}-${index}"
          class=${index === select.active ? 'active' : ''}
          aria-selected=${isPicked ? 'true' : 'false'}
          aria-disabled=${!isPicked && select.isFull() ? 'true' : 'false'}
          @click=${() => select.toggle(option)}
        >
          ${faceView(option)} <span class=${several ? 'tick box' : 'tick'} aria-hidden="true"></span>
        </li>`;
      })}
    </ul>
    ${offered.length === 0 ? html`<p class="quiet" role="status">Nothing found</p>` : nothing}
  </div>`;
}

/** @param {import('./select-options.js').Option} option */
function faceView({ label, description, sign, avatar, colour }) {
  return html`${avatar ? html`<img class="avatar" src=${avatar} alt="" />` : nothing}${
      sign
        ? html`<span class="sign" style=${colour ? `color: ${colour}` : ''} aria-hidden="true">${sign}</span>`
        : nothing
    }<span class="select-label">${label}${description ? html`<small>${description}</small>` : nothing}</span>`;
}

/** @param {import('./select-menu.js').SelectMenu} select */
function placeholderOf({ component }) {
  return component.placeholder || 'Make a selection';
}

/** @param {import('./select-menu.js').SelectMenu} select */
function activeId({ isOpen, active, listId }) {
  return isOpen && active >= 0 ? `${listId}-${active}` : null;
}
