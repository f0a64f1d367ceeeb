import { GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { GatewayLink } from './gateway-link.ts';
import { payloadText } from './gateway-session.ts';
import type { GatewaySession } from './gateway-session.ts';

/**
 * Trouble that can be ordered besides a close code. reconnect: the client is asked to come back. invalid: its session is
 * ended, invalid-resumable: taken from its connection. half-open: the connection goes dead and nobody is told. cut: it is
 * reset, and so is one that was dead. heartbeat: the client is asked for one at once.
 */
export const gatewayTroubles = ['reconnect', 'invalid', 'invalid-resumable', 'half-open', 'cut', 'heartbeat'] as const;

export type GatewayTrouble = (typeof gatewayTroubles)[number] | number;

type Deps = {
  readonly end: (session: GatewaySession) => void;
  /** Keeps the session for a while for a client that comes back. */
  readonly keep: (session: GatewaySession) => void;
};

/** Makes trouble on one connection. */
export function makeTrouble(how: GatewayTrouble, session: GatewaySession, link: GatewayLink, deps: Deps): void {
  if (typeof how === 'number') return link.close(how, 'ordered by the control API');
  switch (how) {
    case 'reconnect':
      return link.send(payloadText({ op: Op.Reconnect, d: null }));
    case 'heartbeat':
      return link.send(payloadText({ op: Op.Heartbeat, d: null }));
    case 'invalid':
      session.attach(null);
      deps.end(session);
      return link.send(payloadText({ op: Op.InvalidSession, d: false }));
    case 'invalid-resumable':
      session.attach(null);
      deps.keep(session);
      return link.send(payloadText({ op: Op.InvalidSession, d: true }));
    case 'half-open':
      link.freeze();
      return deps.keep(session);
    case 'cut':
      return link.cut();
  }
}
