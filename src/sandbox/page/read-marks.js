import { remember, remembered } from './remembered.js';

/**
 * How far each person has read: by person, then by channel, the id of the last message. Another tab may keep some as well, so each
 * look reads anew.
 */
export const readMarks = {
  /** @param {string} user id @returns {Record<string, string> | null} by channel; null for somebody who was never looked through */
  of: (user) => read()[user] ?? null,
  /** Moves marks on, never back. @param {string} user id @param {Record<string, string>} marks */
  keep(user, marks) {
    const all = read();
    const own = (all[user] ??= {});
    for (const [channel, message] of Object.entries(marks)) {
      if (isNewer(message, own[channel])) own[channel] = message;
    }
    remember('read', JSON.stringify(all));
  },
};

/** @param {string} message id @param {string | undefined} mark */
export function isNewer(message, mark = '0') {
  return BigInt(message) > BigInt(mark);
}

/** @returns {Record<string, Record<string, string>>} */
function read() {
  return JSON.parse(remembered('read') ?? '{}');
}
