import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close } from 'discord-api-types/v10';
import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Encode } from './gateway-compression.ts';

/** One connection to a client, down to its socket. */
export type GatewayLink = {
  /** False as soon as either side closes, and when the link is dead. */
  readonly isOpen: () => boolean;
  /** True once it was frozen or cut. */
  readonly isDead: () => boolean;
  /** Bytes that the client has not taken yet. */
  readonly backlogBytes: () => number;
  /** Sends one payload's JSON; a link that is not open loses it, as a real one does. */
  send(payload: string): void;
  encodeBy(encode: Encode): void;
  close(code: number, reason: string): void;
  /** Goes dead without a word: it stays open, but nothing is read or sent any more, in either direction. */
  freeze(): void;
  /** Breaks the connection by a TCP reset, without a close frame. */
  cut(): void;
};

/** A client that has left so much unread is gone, or might as well be. */
const maxBacklogBytes = 64 * 1024 * 1024;
/** A WebSocket that ends without a close frame. Source: RFC 6455, §7.4.1. */
const abnormalClose = 1006;

/**
 * @param stream the TCP connection under `socket`
 * @param hear `received` gets what comes while the link is open; `closed` the code that counts: ours where we closed first
 */
export function createGatewayLink(
  socket: WebSocket,
  stream: Duplex,
  startEncode: Encode,
  hear: { received: (bytes: Buffer) => void; closed: (code: number) => void },
  deps: { log: Log },
): GatewayLink {
  let encode = startEncode;
  let isDead = false;
  let ownCode: number | null = null;
  const isOpen = () => !isDead && socket.readyState === socket.OPEN;

  const link: GatewayLink = {
    isOpen,
    isDead: () => isDead,
    backlogBytes: () => socket.bufferedAmount,
    send(payload) {
      if (!isOpen()) return;
      socket.send(encode(payload));
      if (socket.bufferedAmount > maxBacklogBytes) link.cut();
    },
    encodeBy(next) {
      encode = next;
    },
    close(code, reason) {
      ownCode ??= code;
      if (isDead) link.cut();
      else socket.close(code, reason);
    },
    freeze() {
      isDead = true;
      socket.pause();
    },
    cut() {
      isDead = true;
      ownCode ??= abnormalClose;
      if (stream instanceof Socket) stream.resetAndDestroy();
      else socket.terminate();
    },
  };

  socket.on('message', (raw) => {
    // What was under way as the link closed or died is not heard.
    if (!isOpen()) return;
    try {
      hear.received(bytesOf(raw));
    } catch (error) {
      deps.log.error({ error: messageOf(error) }, 'sandbox: a gateway payload failed');
      link.close(Close.UnknownError, 'Unknown error.');
    }
  });
  socket.on('error', (error) => deps.log.debug({ error: messageOf(error) }, 'sandbox: a gateway connection failed'));
  socket.on('close', (code) => hear.closed(ownCode ?? code));
  return link;
}

function bytesOf(raw: RawData): Buffer {
  if (Array.isArray(raw)) return Buffer.concat(raw);
  return raw instanceof ArrayBuffer ? Buffer.from(raw) : raw;
}
