/** Where Discord looks next when a text is missing. Source: interactions/application-commands, Locale Fallbacks. */
const fallbacks = new Map([
  ['en-US', 'en-GB'],
  ['en-GB', 'en-US'],
  ['es-419', 'es-ES'],
]);

/** @param {string} text as registered @param {import('./control.js').Localizations | undefined} texts @param {string} locale */
export function localised(text, texts, locale) {
  return texts?.[locale] ?? texts?.[fallbacks.get(locale) ?? ''] ?? text;
}
