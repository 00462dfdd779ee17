import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { explainListening, type ListeningPlace } from '@darkroom/platform-config';

/** Listens, or says which variable to change. Answers the address. */
export async function listen(server: Server, place: ListeningPlace): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, resolve);
  }).catch((error: unknown) => {
    throw explainListening(error, place);
  });
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
