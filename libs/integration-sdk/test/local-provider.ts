import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider on loopback that counts what it was paid for, at acceptance. */
export interface LocalProvider {
  url: string;
  paid: number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** What a request that is answered now brought. */
  body(request: IncomingMessage): string;
  close(): Promise<void>;
}

export async function startLocalProvider(image: Uint8Array): Promise<LocalProvider> {
  const bodies = new WeakMap<IncomingMessage, string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.set(request, Buffer.concat(chunks).toString());
      provider.paid += 1;
      provider.answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: LocalProvider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    paid: 0,
    body: (request) => bodies.get(request) ?? '',
    answer: (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(image),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}
