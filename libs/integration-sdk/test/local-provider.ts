import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider on loopback that counts what it was paid for, at acceptance. */
export interface LocalProvider {
  url: string;
  paid: number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startLocalProvider(image: Uint8Array): Promise<LocalProvider> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      provider.paid += 1;
      provider.answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: LocalProvider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    paid: 0,
    answer: (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(image),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}
