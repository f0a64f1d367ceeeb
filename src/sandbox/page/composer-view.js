import { html, nothing } from 'lit';

/**
 * The list above the box.
 * @param {import('./suggestions.js').Suggestions} offered @param {number} chosen index, -1 for none @param {(index: number) => void} take
 */
export function suggestionsView({ heading, about, items }, chosen, take) {
  return html`<div class="suggestions">
    <p class="suggestions-heading"><strong>${heading}</strong>${about ? html` <span>${about}</span>` : nothing}</p>
    ${
      items.length > 0
        ? html`<ul role="listbox" id="suggestions" aria-label=${heading}>
            ${items.map(
              (item, index) =>
                html`<li
                  role="option"
                  id="suggestion-${index}"
                  aria-selected=${index === chosen ? 'true' : 'false'}
                  @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}
                  @click=${() => take(index)}
                >
                  <span>${item.label}</span>${item.detail ? html`<small>${item.detail}</small>` : nothing}
                </li>`,
            )}
          </ul>`
        : nothing
    }
  </div>`;
}

/** Gives an empty last line its height; it has no width. */
const filler = '\u200B';

/**
 * The line once more, behind the letters being typed: it colours the command and draws each option as a chip.
 * Its letters must stand exactly where those of the text area do, so chips have no width of their own.
 * @param {string} text @param {import('./command-line.js').Line | null} line @param {string} wrongOption
 */
export function mirrorView(text, line, wrongOption) {
  if (!line?.command) return text + filler;
  const parts = [html`<b>${text.slice(0, line.commandEnd)}</b>`];
  let at = line.commandEnd;
  for (const { option, nameStart, start, end } of line.arguments) {
    const value = text.slice(start, end);
    const valueEnd = start + value.trimEnd().length;
    const wrong = option.name === wrongOption ? 'wrong' : '';
    parts.push(
      html`${text.slice(at, nameStart)}<span class="chip ${wrong}"
          ><i>${text.slice(nameStart, start)}</i>${text.slice(start, valueEnd)}</span
        >${text.slice(valueEnd, end)}`,
    );
    at = end;
  }
  return html`${parts}${text.slice(at)}${filler}`;
}
