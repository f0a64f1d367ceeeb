import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { modalRowView } from './modal-field.js';
import { readFields, showProblems } from './modal-values.js';

const cross = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M17.300 18.700a1 1 0 0 0 1.400-1.400L13.400 12l5.300-5.300a1 1 0 0 0-1.400-1.400L12 10.600 6.700 5.300a1 1 0 0 0-1.400 1.400l5.300 5.300-5.300 5.300a1 1 0 1 0 1.400 1.400l5.300-5.300 5.300 5.300Z"
  />
</svg>`;

/** @type {import('./modal-field.js').Surroundings} */
const nobody = { names: { user: () => null, channel: () => null } };

/**
 * The form that a bot opened, as a dialog. Where it cannot be sent it says why, and stays.
 *
 * @param {HTMLElement} root @param {import('./control.js').Modal | null} modal
 * @param {{ submitModal(fields: import('./modal-values.js').Fields): Promise<void>, closeModal: () => void }} moves
 * @param {import('./modal-field.js').Surroundings & { bot?: string }} [around] `bot`: the name of who gets what is written
 */
export function drawModal(root, modal, { submitModal, closeModal }, around = nobody) {
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = event.target;
    if (!modal || !(form instanceof HTMLFormElement) || form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    const failure = form.querySelector('.modal-error');
    if (failure) failure.textContent = '';
    try {
      const { fields, problems } = await readFields(form, modal.components);
      if (!showProblems(form, problems)) await submitModal(fields);
    } catch (thrown) {
      if (failure) failure.textContent = thrown instanceof Error ? thrown.message : String(thrown);
    } finally {
      form.removeAttribute('aria-busy');
    }
  };
  const template =
    modal === null
      ? nothing
      : keyed(
          modal,
          html`<dialog class="modal" aria-label=${modal.title} @close=${closeModal}>
            <form novalidate @submit=${submit}>
              <header>
                <h2>${modal.title}</h2>
                <button type="button" class="icon-button" aria-label="Close" @click=${closeModal}>${cross}</button>
              </header>
              <div class="modal-body">
                <p class="modal-note">
                  This form will be submitted to <b>${around.bot ?? 'the app'}</b>. Do not share passwords or other
                  sensitive information.
                </p>
                ${modal.components.map((row) => modalRowView(row, around))}
              </div>
              <p class="modal-error" role="alert"></p>
              <footer>
                <button type="button" class="button secondary" @click=${closeModal}>Cancel</button>
                <button type="submit" class="button primary">Submit</button>
              </footer>
            </form>
          </dialog>`,
        );
  render(template, root);
  const dialog = root.querySelector('dialog');
  if (!dialog || dialog.open) return;
  dialog.showModal();
  const first = dialog.querySelector('.modal-body :is(input, textarea, select-menu, file-upload)');
  if (first instanceof HTMLElement) first.focus();
}
