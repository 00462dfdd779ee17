import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections (Linux: from 32768, others: from 49152), which come at any moment. */
const [firstPort, portBehind] = [15_000, 32_000];

/** A loopback port that nobody listened on a moment ago. For tests: nothing keeps it free. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, portBehind);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
