import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

const textInput = 4;
const stringSelect = 3;
const paragraph = 2;

/**
 * The form that a bot opened, as a dialog.
 *
 * @param {HTMLElement} root @param {import('./control.js').Modal | null} modal
 * @param {{ submitModal: (fields: Record<string, string>) => Promise<void>, closeModal: () => void }} moves
 */
export function drawModal(root, modal, { submitModal, closeModal }) {
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
    );
    const problem = form.querySelector('[role=alert]');
    await submitModal(fields).catch((thrown) => {
      if (problem) problem.textContent = thrown instanceof Error ? thrown.message : String(thrown);
    });
  };
  const template =
    modal === null
      ? nothing
      : keyed(
          modal,
          html`<dialog class="modal" aria-label=${modal.title} @close=${closeModal}>
            <form @submit=${submit}>
              <h2>${modal.title}</h2>
              ${modal.components.map(fieldView)}
              <p class="modal-error" role="alert"></p>
              <footer>
                <button type="button" class="text-button" @click=${closeModal}>Cancel</button>
                <button type="submit" class="button primary">Submit</button>
              </footer>
            </form>
          </dialog>`,
        );
  render(template, root);
  const dialog = root.querySelector('dialog');
  if (dialog && !dialog.open) dialog.showModal();
}

/** A label with its field, in the present form (Label) or the older one (a row with a text input). @param {import('./control.js').Component} row */
function fieldView(row) {
  const field = row.component ?? row.components?.[0];
  if (!field) return html`<p class="markdown">${row.content ?? ''}</p>`;
  return html`<label class="modal-field">
    <span
      >${row.label ?? field.label ?? ''}${field.required === false ? nothing : html`<i aria-hidden="true"> *</i>`}</span
    >
    ${row.description ? html`<small>${row.description}</small>` : nothing} ${inputView(field)}
  </label>`;
}

/** @param {import('./control.js').Component} field */
function inputView(field) {
  if (field.type === stringSelect) {
    return html`<select class="select" name=${field.custom_id ?? ''} ?required=${field.required !== false}>
      ${(field.options ?? []).map((option) => html`<option value=${option.value} ?selected=${option.default === true}>${option.label}</option>`)}
    </select>`;
  }
  if (field.type !== textInput) return html`<small>This page cannot show this kind of field.</small>`;
  // A newline in the value of a text input would be lost; the style says which kind the bot wants.
  return field.style === paragraph
    ? html`<textarea
        rows="4"
        name=${field.custom_id ?? ''}
        placeholder=${field.placeholder ?? ''}
        ?required=${field.required !== false}
        minlength=${field.min_length ?? nothing}
        maxlength=${field.max_length ?? nothing}
        .value=${field.value ?? ''}
      ></textarea>`
    : html`<input
        name=${field.custom_id ?? ''}
        placeholder=${field.placeholder ?? ''}
        ?required=${field.required !== false}
        minlength=${field.min_length ?? nothing}
        maxlength=${field.max_length ?? nothing}
        .value=${field.value ?? ''}
      />`;
}
