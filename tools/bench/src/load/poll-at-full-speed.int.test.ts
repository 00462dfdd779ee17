import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { pollAtFullSpeed } from './poll-at-full-speed.ts';

async function pollServer(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await pollAtFullSpeed({
      ...{ url, connections: 2, seconds: 1, expectedStatus: 200 },
      requests: [{ path: '/', headers: {} }],
    });
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

test('a server that stood still while it was to answer is asked anew', async () => {
  let wasGivenUp = false;
  const polled = await pollServer((request, response) => {
    if (wasGivenUp) response.end();
    else request.socket.once('close', () => (wasGivenUp = true));
  });
  expect(polled).toBeGreaterThan(0);
});

test('an answer that was not expected is no figure', async () => {
  const refused = pollServer((_request, response) => response.writeHead(503).end());
  await expect(refused).rejects.toThrow(/Expected only 200.*503/);
});
