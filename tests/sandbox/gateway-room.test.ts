import { describe, expect, it } from 'vitest';
import { makeRoom } from '../../src/sandbox/gateway-room.ts';
import { createGatewaySession } from '../../src/sandbox/gateway-session.ts';

/** A session that keeps seven million characters. */
function fullSession(id: string) {
  const session = createGatewaySession({ id, intents: 0, shard: [0, 1] });
  session.dispatchJson('X', `"${'x'.repeat(7 * 1024 * 1024)}"`);
  return session;
}

describe('makeRoom', () => {
  it('lets go first who waits longest, then what the oldest connected session sent', () => {
    const sessions = Array.from({ length: 12 }, (_, n) => fullSession(String(n)));
    const waiting = new Set(sessions.slice(10));
    const ended: string[] = [];
    makeRoom(sessions, waiting, ({ id }) => void ended.push(id));
    // Nine of them fit into 64 million.
    expect(ended).toEqual(['10', '11']);
    expect(sessions.slice(0, 3).map((session) => session.keptCharacters() > 0)).toEqual([false, true, true]);
    expect(sessions[0]?.replayAfter(0)).toBeNull();
    expect(sessions[0]?.replayAfter(1)).toEqual([]);
  });

  it('leaves in peace who keeps little', () => {
    const session = fullSession('0');
    makeRoom([session], [session], () => expect.unreachable());
    expect(session.replayAfter(0)).toHaveLength(1);
  });
});
