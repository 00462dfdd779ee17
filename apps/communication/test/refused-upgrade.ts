import { WebSocket } from 'ws';

/** How a request for a WebSocket was refused. */
export interface RefusedUpgrade {
  status: number | undefined;
  retryAfter: string | undefined;
  problem: unknown;
}

/** Asks for a WebSocket that is not given. */
export function refusedUpgrade(
  url: string,
  headers: Record<string, string> = {},
  path = '/v1/stream',
): Promise<RefusedUpgrade> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('The WebSocket was opened.'));
    });
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (bytes: Buffer) => (body += bytes.toString()));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          retryAfter: response.headers['retry-after'],
          problem: JSON.parse(body),
        }),
      );
    });
  });
}
