import { FileUpload } from './file-upload.js';
import { fieldOf, fieldTypes, isRequired } from './modal-field.js';
import { SelectMenu } from './select-menu.js';

/**
 * What a form holds, by the custom ids of its fields: text, the chosen value of a radio group, those of a select or a group of
 * checkboxes, whether a checkbox is ticked, files (their bytes in Base64). A radio group without a choice is left out.
 *
 * @typedef {{ name: string, type: string, data: string }} SentFile
 * @typedef {Record<string, string | boolean | readonly string[] | readonly SentFile[]>} Fields
 * @typedef {import('./control.js').Component} Component
 */

/**
 * Reads the fields of a form, and what is wrong with them in Discord's manner, by custom id.
 *
 * @param {HTMLElement} form @param {readonly Component[]} rows
 * @returns {Promise<{ fields: Fields, problems: Map<string, string> }>}
 */
export async function readFields(form, rows) {
  /** @type {Fields} */
  const fields = {};
  /** @type {Map<string, string>} */
  const problems = new Map();
  for (const row of rows) {
    const field = fieldOf(row);
    const name = field?.custom_id;
    const root = name === undefined ? null : rootOf(form, name);
    if (!field || name === undefined || !root) continue;
    const value = await readField(field, root);
    if (value !== null) fields[name] = value;
    const problem = problemOf(field, value);
    if (problem) problems.set(name, problem);
  }
  return { fields, problems };
}

/**
 * Says at each field what is wrong with it, and goes to the first such field.
 * @param {HTMLElement} form @param {ReadonlyMap<string, string>} problems @returns {boolean} something is wrong
 */
export function showProblems(form, problems) {
  for (const root of form.querySelectorAll('[data-field]')) {
    if (!(root instanceof HTMLElement)) continue;
    const said = problems.get(root.dataset['field'] ?? '') ?? '';
    const place = root.querySelector('.field-problem');
    if (place) place.textContent = said;
    for (const input of root.querySelectorAll('input, textarea'))
      input.setAttribute('aria-invalid', String(said !== ''));
  }
  const first = [...problems.keys()][0];
  const input =
    first === undefined ? null : rootOf(form, first)?.querySelector('input, textarea, select-menu, file-upload');
  if (input instanceof HTMLElement) input.focus();
  return problems.size > 0;
}

/** @param {HTMLElement} form @param {string} name */
function rootOf(form, name) {
  return form.querySelector(`[data-field="${CSS.escape(name)}"]`);
}

/** @param {Component} field @param {Element} root @returns {Promise<Fields[string] | null>} null for no choice */
async function readField(field, root) {
  const ticked = [...root.querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value);
  switch (field.type) {
    case fieldTypes.textInput: {
      const input = root.querySelector('input, textarea');
      return input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement ? input.value : '';
    }
    case fieldTypes.radioGroup:
      return ticked[0] ?? null;
    case fieldTypes.checkboxGroup:
      return ticked;
    case fieldTypes.checkbox:
      return ticked.length > 0;
    case fieldTypes.fileUpload: {
      const upload = root.querySelector('file-upload');
      return Promise.all(upload instanceof FileUpload ? upload.files.map(encode) : []);
    }
    default: {
      const select = root.querySelector('select-menu');
      return select instanceof SelectMenu ? [...select.picked] : [];
    }
  }
}

/** @param {Component} field @param {Fields[string] | null} value */
function problemOf(field, value) {
  if (field.type === fieldTypes.checkbox) return null;
  const isEmpty = value === null || (typeof value !== 'boolean' && value.length === 0);
  if (isEmpty) return isRequired(field) && field.min_values !== 0 ? 'This field is required.' : null;
  if (typeof value === 'string') {
    const least = field.min_length ?? 0;
    return value.length < least ? `Must be ${least} or more in length.` : null;
  }
  if (!Array.isArray(value)) return null;
  const least = field.min_values ?? 1;
  const most = field.max_values ?? (field.type === fieldTypes.checkboxGroup ? Infinity : 1);
  if (value.length < least) return `Choose at least ${least}.`;
  return value.length > most ? `Choose at most ${most}.` : null;
}

/** @param {File} file @returns {Promise<SentFile>} */
async function encode(file) {
  const reader = new FileReader();
  const { promise, resolve, reject } = Promise.withResolvers();
  reader.addEventListener('load', resolve);
  reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)));
  reader.readAsDataURL(file);
  await promise;
  // data:<type>;base64,<bytes>
  const address = typeof reader.result === 'string' ? reader.result : '';
  return { name: file.name, type: file.type, data: address.slice(address.indexOf(',') + 1) };
}
