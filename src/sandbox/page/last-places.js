import { remember, remembered } from './remembered.js';

/** Servers and people of which the last channel is kept; the oldest goes first. */
const most = 200;

/** The channel that a person was in last, in each server. */
export function createLastPlaces() {
  const known = new Map(
    (remembered('places') ?? '')
      .split(' ')
      .map((entry) => entry.split('='))
      .flatMap(([key, channel]) => (key && channel ? [/** @type {const} */ ([key, channel])] : [])),
  );
  return {
    /** @param {string} user id @param {string} guild id @returns {string | null} id */
    of: (user, guild) => known.get(`${user}/${guild}`) ?? null,
    /** @param {string} user id @param {string} guild id @param {string} channel id */
    keep(user, guild, channel) {
      known.delete(`${user}/${guild}`);
      known.set(`${user}/${guild}`, channel);
      const entries = [...known].slice(-most);
      remember('places', entries.map(([key, id]) => `${key}=${id}`).join(' '));
    },
  };
}
