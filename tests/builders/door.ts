import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** A way to a server that can be shut: as if it were down, or the network. */
export type Door = {
  readonly port: number;
  /** Cuts every connection through it; new ones are refused until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
};

/** Opens one on a free port of the loopback that leads to `target`. */
export async function openDoor(target: { readonly host: string; readonly port: number }): Promise<Door> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const pass = (socket: Socket) => {
    const onward = connect(target);
    keep(socket);
    keep(onward);
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  };
  let server = await listen(0, pass);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a door opened on no port');
  const { port } = address;
  return {
    port,
    shut: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
    open: async () => {
      if (!server.listening) server = await listen(port, pass);
    },
  };
}

async function listen(port: number, pass: (socket: Socket) => void): Promise<Server> {
  const server = createServer(pass).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
