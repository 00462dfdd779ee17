import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy that can keep the server's answers back, as a network that fails in one direction does. */
export interface HeldConnection {
  readonly address: string;
  /** Keeps back all answers, of every connection, from the moment on at which a client has sent this text. */
  holdAnswersFrom(text: string): void;
  isHolding(): boolean;
  stop(): Promise<void>;
}

export async function startHeldConnection(target: string): Promise<HeldConnection> {
  const [host, port] = target.split(':');
  const sockets = new Set<Socket>();
  let awaited: string | undefined;
  let held = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // Either side may vanish: that is what the proxy is for.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let last = '';
    client.on('data', (bytes: Buffer) => {
      if (awaited === undefined) return;
      last += bytes.toString('latin1');
      held ||= last.includes(awaited);
      last = last.slice(-awaited.length);
    });
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      if (!held) client.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    holdAnswersFrom: (text) => {
      awaited = text;
    },
    isHolding: () => held,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
