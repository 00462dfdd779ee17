import type { Server } from 'node:http';
import type { Connections } from './connections.ts';

/** Clients have so long to take their last message. */
const farewellMs = 5_000;
const lookMs = 20;

/** Takes no more connections, tells the open ones to connect again elsewhere, and waits until they have ended. */
export async function endConnections(server: Server, connections: Connections): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections.all()) connections.close(connection, 'going_away');
  const startedAt = Date.now();
  while (connections.all().length > 0 && Date.now() - startedAt < farewellMs) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  for (const connection of connections.all()) connection.wire.terminate();
  server.closeAllConnections();
  await closed;
}
