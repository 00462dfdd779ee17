import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections (Linux: from 32768, others: from 49152), which come at any moment. */
const [firstPort, portBehind] = [15_000, 32_000];

/**
 * A loopback port on which nobody listens, for tests. Whoever else asks for one gets another as long as this process lives, be it before
 * anything listens here or while what did is being started again.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, portBehind);
    // In this order: a look at a port that another process has been given could take it just when that wants to listen.
    if ((await claim(port)) && (await isFree(port))) return port;
  }
}

/** Takes the same number among the ports of UDP, which nothing here uses: all processes see that, and it ends with this one however it ends. */
function claim(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      if (isTaken(error)) resolve(false);
      else reject(error);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      socket.unref();
      resolve(true);
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (isTaken(error) ? resolve(false) : reject(error)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isTaken({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EADDRINUSE' || code === 'EACCES';
}
