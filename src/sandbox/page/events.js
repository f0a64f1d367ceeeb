/**
 * @typedef {{ type: 'message' | 'message_update' | 'message_delete' | 'messages_delete' | 'commands' | 'dm' | 'typing' | 'world',
 *   channel?: string, id?: string, ids?: string[], user?: string,
 *   message?: import('./control.js').Message }} Event
 */

const retryMs = 1000;

/**
 * Follows what happens for a user, and comes back by itself when the server does.
 *
 * @param {string} user id
 * @param {object} on
 * @param {(event: Event) => void} on.event
 * @param {() => void} on.connected at the first connection and after each gap: what happened meanwhile must be read anew
 * @param {() => void} on.lost
 * @returns {() => void} stops it
 */
export function listen(user, on) {
  /** @type {EventSource} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  const open = () => {
    source = new EventSource(`/control/events?user=${encodeURIComponent(user)}`);
    source.addEventListener('open', () => on.connected());
    // The browser's own retries take seconds, and stop for good after a wrong status.
    source.addEventListener('error', () => {
      source.close();
      on.lost();
      clearTimeout(retry);
      retry = setTimeout(open, retryMs);
    });
    source.addEventListener('message', ({ data }) => on.event(JSON.parse(data)));
  };
  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
