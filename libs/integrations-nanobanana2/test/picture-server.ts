import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A one-pixel PNG. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export interface PictureServer {
  origin: string;
  close(): Promise<void>;
}

/** Somebody's web server: a picture at `/picture.png`, a text at `/text.png`, nothing elsewhere. */
export async function servePictures(): Promise<PictureServer> {
  const server = createServer((request, response) => {
    if (request.url === '/picture.png') response.writeHead(200, { 'content-type': 'image/png' }).end(pixel);
    else if (request.url === '/text.png') response.writeHead(200, { 'content-type': 'image/png' }).end('no picture');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
