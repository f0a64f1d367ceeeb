/**
 * What the page keeps between loads: for this browser the theme, which channels were open last, what is folded, whether the
 * members are listed, what was begun to write and how far each person has read; for this tab the user and dismissed messages, so that two tabs can be two people.
 * @typedef {'user' | 'dismissed' | 'theme' | 'places' | 'folded' | 'members' | 'drafts' | 'read'} Key
 */

/** @param {Key} key */
function storageOf(key) {
  return key === 'user' || key === 'dismissed' ? sessionStorage : localStorage;
}

/** @param {Key} key @returns {string | null} */
export function remembered(key) {
  return storageOf(key).getItem(`sandbox.${key}`);
}

/** @param {Key} key @param {string} value */
export function remember(key, value) {
  storageOf(key).setItem(`sandbox.${key}`, value);
}
