import { remember, remembered } from './remembered.js';

/** Drafts that are kept; the oldest goes first. */
const most = 100;

/** What was begun and not sent, one text a channel and person. Another tab may keep some as well, so each look reads anew. */
export const drafts = {
  /** @param {string} place person and channel @returns {string} empty where nothing was begun */
  of: (place) => read().get(place) ?? '',
  /** @param {string} place @param {string} text */
  keep(place, text) {
    const known = read();
    known.delete(place);
    if (text.trim() !== '') known.set(place, text);
    remember('drafts', JSON.stringify([...known].slice(-most)));
  },
};

/** @returns {Map<string, string>} */
function read() {
  return new Map(JSON.parse(remembered('drafts') ?? '[]'));
}
