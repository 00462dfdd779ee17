import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine that gives one file to those who know its link, and 403 to everybody else. */
export async function serveFile(path: string, bytes: Buffer) {
  const server = createServer((request, response) => {
    const isKnown = request.url === path;
    response.writeHead(isKnown ? 200 : 403, { 'content-type': isKnown ? 'image/png' : 'application/xml' });
    response.end(isKnown ? bytes : '<Error/>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + path,
    wrongUrl: `${origin}/wrong`,
    host: new URL(origin).host,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
