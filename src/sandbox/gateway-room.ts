import type { GatewaySession } from './gateway-session.ts';

/** Characters that all sessions together may keep for clients that come back: 64 MB, or twice that where some are not Latin. */
const maxCharacters = 64 * 1024 * 1024;

/**
 * Holds the sessions to what they may keep together. Those that wait go first, who waits longest before the others; then the
 * connected ones, oldest first, forget what they sent.
 *
 * @param waiting who waits longest first; `end` takes a session out of it
 */
export function makeRoom(
  sessions: Iterable<GatewaySession>,
  waiting: Iterable<GatewaySession>,
  end: (session: GatewaySession) => void,
): void {
  let characters = 0;
  for (const session of sessions) characters += session.keptCharacters();
  if (characters <= maxCharacters) return;
  for (const [group, drop] of [
    [waiting, end],
    [sessions, (session: GatewaySession) => session.forgetEvents()],
  ] as const) {
    for (const session of group) {
      if (characters <= maxCharacters) return;
      characters -= session.keptCharacters();
      drop(session);
    }
  }
}
