/**
 * What the page keeps between loads: the theme for this browser; user and dismissed messages for this tab, so that two
 * tabs can be two people.
 * @typedef {'user' | 'theme' | 'dismissed'} Key
 */

/** @param {Key} key */
function storageOf(key) {
  return key === 'theme' ? localStorage : sessionStorage;
}

/** @param {Key} key @returns {string | null} */
export function remembered(key) {
  return storageOf(key).getItem(`sandbox.${key}`);
}

/** @param {Key} key @param {string} value */
export function remember(key, value) {
  storageOf(key).setItem(`sandbox.${key}`, value);
}
