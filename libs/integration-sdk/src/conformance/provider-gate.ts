import { connect, createServer, type Server, type Socket } from 'node:net';
import { findFreePort } from '@darkroom/testing';

/** A door before the simulator with a port of its own, so that connections can be refused while the simulator's counts stay. */
export interface ProviderGate {
  url: string;
  /** Where it leads to; until then every connection is dropped. */
  leadTo(url: string): void;
  /** From now on connections are refused, and those that are open break. */
  close(): Promise<void>;
  open(): Promise<void>;
}

export async function openProviderGate(): Promise<ProviderGate> {
  let target: URL | undefined;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };

  const pass = (incoming: Socket) => {
    if (target === undefined) return incoming.destroy();
    // Half-open on both sides, and a reset is passed on as a reset: the gate must not change what the simulator plays.
    const outgoing = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    keep(incoming);
    keep(outgoing);
    incoming.on('error', () => outgoing.resetAndDestroy());
    outgoing.on('error', () => incoming.resetAndDestroy());
    incoming.pipe(outgoing).pipe(incoming);
    return undefined;
  };

  // While connections are refused nothing holds the port, and one that the system hands out by itself could be another's by then.
  const port = await findFreePort();
  let server: Server = await listen(pass, port);
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo: (url) => {
      target = new URL(url);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    open: async () => {
      server = await listen(pass, port);
    },
  };
}

async function listen(pass: (socket: Socket) => unknown, port: number): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, pass);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
