import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

export type Json = Readonly<Record<string, unknown>>;
/** Changes the body of a gateway event before the bot sees it. */
export type Retouch = (event: string, body: Json) => Json;

const packetSchema = z.looseObject({ t: z.string().nullish(), d: z.unknown() });
const bodySchema = z.record(z.string(), z.unknown());

/**
 * A Discord in front of the local one, whose gateway events are retouched: hidden channels, threads and odd interactions, which the local
 * Discord does not have. REST goes through as it is.
 *
 * @param api root of the local Discord's REST API
 */
export async function startRetouchedDiscord(
  api: string,
  retouch: Retouch,
): Promise<{ readonly api: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing);
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { status, json } = await forward(incoming);
    // What has no content has no type either: discord.js would read it.
    outgoing.writeHead(status, json === '' ? {} : { 'content-type': 'application/json' });
    outgoing.end(json);
  }

  async function forward(incoming: IncomingMessage): Promise<{ status: number; json: string }> {
    const body = await readText(incoming);
    const response = await fetch(new URL(incoming.url ?? '/', api), {
      method: incoming.method ?? 'GET',
      headers: headersOf(incoming),
      ...(body === '' ? {} : { body }),
    });
    const given = await response.text();
    const isGateway = incoming.url?.endsWith('/gateway/bot') === true;
    return { status: response.status, json: isGateway ? given.replace(/ws:\/\/[^/"]+/, `ws://${address}`) : given };
  }

  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (bot, request) => {
    const discord = new WebSocket(new URL(request.url ?? '/', api.replace(/^http/, 'ws')));
    const early: string[] = [];
    bot.on('message', (data) => {
      if (discord.readyState === WebSocket.OPEN) discord.send(textOf(data));
      else early.push(textOf(data));
    });
    discord.on('open', () => early.forEach((text) => discord.send(text)));
    discord.on('message', (data) => bot.send(retouched(textOf(data), retouch)));
    bot.on('close', () => discord.terminate());
    discord.on('close', () => bot.terminate());
    discord.on('error', () => bot.terminate());
  });

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('listening on no port');
  const address = `127.0.0.1:${bound.port}`;

  return {
    api: `http://${address}/api`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer to an interaction bears no authorization, and an empty one would be refused. */
function headersOf({ headers }: IncomingMessage): Headers {
  const kept = new Headers();
  for (const name of ['authorization', 'content-type', 'user-agent']) {
    const value = headers[name];
    if (typeof value === 'string') kept.set(name, value);
  }
  return kept;
}

function retouched(text: string, retouch: Retouch): string {
  const packet = packetSchema.parse(JSON.parse(text));
  const body = bodySchema.safeParse(packet.d);
  return packet.t && body.success ? JSON.stringify({ ...packet, d: retouch(packet.t, body.data) }) : text;
}

function textOf(data: WebSocket.RawData): string {
  return Buffer.concat(
    [data].flat().map((part) => Buffer.from(part instanceof ArrayBuffer ? new Uint8Array(part) : part)),
  ).toString('utf8');
}
