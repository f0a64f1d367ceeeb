import { html, LitElement, nothing } from 'lit';
import { formatBytes } from './media-view.js';

/** The field of a form that takes files: by the system's dialog or dropped on it. */
export class FileUpload extends LitElement {
  /** @override */
  static properties = { component: { attribute: false }, label: { attribute: false }, files: { state: true } };

  constructor() {
    super();
    /** @type {import('./control.js').Component} */
    this.component = { type: 0 };
    this.label = '';
    /** @type {readonly File[]} */
    this.files = [];
  }

  /** @override */
  createRenderRoot() {
    return this;
  }

  /** @override */
  focus() {
    void this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  most() {
    return this.component.max_values ?? 1;
  }

  /** The newest stay where they would be too many. @param {FileList | null | undefined} files */
  take(files) {
    this.files = [...this.files, ...(files ?? [])].slice(-this.most());
  }

  /** @override */
  render() {
    const most = this.most();
    return html`<label
        class="drop"
        @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()}
        @drop=${(/** @type {DragEvent} */ event) => {
          event.preventDefault();
          this.take(event.dataTransfer?.files);
        }}
      >
        <span
          ><b>Drop ${most > 1 ? 'files' : 'a file'} here or <u>browse</u></b></span
        >
        <small>Up to ${most} ${most === 1 ? 'file' : 'files'}</small>
        <input
          type="file"
          class="visually-hidden"
          aria-label=${this.label}
          accept=${this.component.file_types?.join(',') || nothing}
          ?multiple=${most > 1}
          @change=${(/** @type {Event} */ { target }) => {
            if (!(target instanceof HTMLInputElement)) return;
            this.take(target.files);
            // Else the same file could not be chosen again after it was removed.
            target.value = '';
          }}
        />
      </label>
      ${
        this.files.length === 0
          ? nothing
          : html`<ul class="uploads">
              ${this.files.map(
                (file) =>
                  html`<li>
                    <span>${file.name} <small>${formatBytes(file.size)}</small></span>
                    <button
                      type="button"
                      class="text-button"
                      aria-label="Remove ${file.name}"
                      @click=${() => {
                        this.files = this.files.filter((each) => each !== file);
                      }}
                    >
                      Remove
                    </button>
                  </li>`,
              )}
            </ul>`
      }`;
  }
}
