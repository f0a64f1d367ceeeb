import { html, nothing } from 'lit';
import { markdown } from './markdown-view.js';

export const fieldTypes = /** @type {const} */ ({
  textInput: 4,
  textDisplay: 10,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
});
const paragraph = 2;
/** What a text input holds where the bot set no other limit. Source: components/reference, text input. */
const longestText = 4000;

/**
 * @typedef {import('./control.js').Component} Component
 * @typedef {{ names: import('./markdown-view.js').Names, choices?: import('./control.js').Choices }} Surroundings
 */

/** A row of a form: text, or a field with its label, in the present form (Label) or the older one (a row with a text input). @param {Component} row @param {Surroundings} around */
export function modalRowView(row, { names, choices }) {
  if (row.type === fieldTypes.textDisplay) {
    return html`<div class="modal-text markdown">${markdown(row.content ?? '', names)}</div>`;
  }
  const field = fieldOf(row);
  if (!field) return nothing;
  const id = `field-${field.custom_id}`;
  const label = row.label ?? field.label ?? '';
  const description = row.description ?? '';
  const describedBy = `${description ? `${id}-about ` : ''}${id}-problem`;
  const face = html`${label}${
    isRequired(field) && field.type !== fieldTypes.checkbox ? html`<i aria-hidden="true"> *</i>` : nothing
  }`;
  const about = description ? html`<small id="${id}-about">${description}</small>` : nothing;
  const problem = html`<p class="field-problem" id="${id}-problem" role="alert"></p>`;
  const wrap = (/** @type {unknown} */ inner) =>
    html`<div class="modal-field" data-field=${field.custom_id ?? ''}>${inner}${problem}</div>`;
  switch (field.type) {
    case fieldTypes.textInput:
      return wrap(html`<label for=${id}>${face}</label>${about}${textView(field, id, describedBy)}`);
    case fieldTypes.fileUpload:
      return wrap(html`<b>${face}</b>${about}<file-upload .component=${field} .label=${label}></file-upload>`);
    case fieldTypes.radioGroup:
    case fieldTypes.checkboxGroup:
      return wrap(html`<b id="${id}-label">${face}</b>${about}${groupView(field, id, describedBy)}`);
    case fieldTypes.checkbox:
      return wrap(
        html`<label class="check">
          <input type="checkbox" ?checked=${field.default === true} aria-describedby=${describedBy} />
          <span><b>${face}</b>${about}</span>
        </label>`,
      );
    default:
      return wrap(
        html`<b>${face}</b>${about}
          <select-menu .component=${field} .choices=${choices} .label=${label}></select-menu>`,
      );
  }
}

/** @param {Component} row @returns {Component | undefined} */
export function fieldOf(row) {
  return row.component ?? row.components?.[0];
}

/** @param {Component} field */
export function isRequired(field) {
  return field.required !== false;
}

/** @param {Component} field @param {string} id @param {string} describedBy */
function textView(field, id, describedBy) {
  const most = field.max_length ?? longestText;
  const long = field.style === paragraph;
  const counted = long || typeof field.max_length === 'number';
  const start = field.value ?? '';
  const count = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    const counter = target.parentElement?.querySelector('.counter');
    if (counter) counter.textContent = `${target.value.length}/${most}`;
  };
  return html`<div class="text-field ${long ? 'long' : ''}">
    ${
      long
        ? html`<textarea
            id=${id}
            rows="4"
            placeholder=${field.placeholder ?? ''}
            maxlength=${most}
            aria-required=${isRequired(field)}
            aria-describedby=${describedBy}
            .value=${start}
            @input=${count}
          ></textarea>`
        : html`<input
            id=${id}
            autocomplete="off"
            placeholder=${field.placeholder ?? ''}
            maxlength=${most}
            aria-required=${isRequired(field)}
            aria-describedby=${describedBy}
            .value=${start}
            @input=${count}
          />`
    }
    ${counted ? html`<span class="counter" aria-hidden="true">${start.length}/${most}</span>` : nothing}
  </div>`;
}

/** @param {Component} field @param {string} id @param {string} describedBy */
function groupView(field, id, describedBy) {
  const one = field.type === fieldTypes.radioGroup;
  return html`<div
    class="checks"
    role=${one ? 'radiogroup' : 'group'}
    aria-labelledby="${id}-label"
    aria-describedby=${describedBy}
    aria-required=${one ? String(isRequired(field)) : nothing}
  >
    ${(field.options ?? []).map(
      (option) =>
        html`<label class="check">
          <input
            type=${one ? 'radio' : 'checkbox'}
            name=${id}
            value=${option.value}
            ?checked=${option.default === true}
          />
          <span>${option.label}${option.description ? html`<small>${option.description}</small>` : nothing}</span>
        </label>`,
    )}
  </div>`;
}
