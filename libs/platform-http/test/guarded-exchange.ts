import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { createGuardedClient, type GuardedClient, type GuardedClientOptions } from '../src/guarded-client.ts';

const servers: Server[] = [];
const clients: GuardedClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Serves on loopback until the test is over, and answers the origin. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A client that is closed when the test is over. */
export function client(options: GuardedClientOptions): GuardedClient {
  const created = createGuardedClient(options);
  clients.push(created);
  return created;
}
