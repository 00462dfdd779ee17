import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const [host, port] = ['localhost', 7233];
const patienceMs = 20_000;
const pauseMs = 200;

/**
 * Lets a test's Temporal answer at localhost:7233 too, where it is looked for by default; answers how that is ended. Where something listens there already and stays, such as the Temporal of
 * `npm start`, that one is asked instead; another run of the same test goes away within seconds.
 */
export async function answerAtDefaultAddress(address: string): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const { hostname, port: targetPort } = new URL(`http://${address}`);
  const server = createServer((near) => {
    const far = connect(Number(targetPort), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // A connection that breaks is the other side's end too; the client makes a new one.
      socket.on('error', () => other.destroy()).on('close', () => other.destroy());
      socket.pipe(other);
    }
  });
  if (!(await listens(server))) return () => Promise.resolve();
  return async () => {
    const closed = once(server, 'close');
    server.close();
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };
}

async function listens(server: ReturnType<typeof createServer>): Promise<boolean> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      await once(server.listen(port, host), 'listening');
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (Date.now() > until) return false;
      await pause(pauseMs);
    }
  }
}
