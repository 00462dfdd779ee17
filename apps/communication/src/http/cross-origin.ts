import type { IncomingMessage, ServerResponse } from 'node:http';

const preflightSeconds = 7200;

/** Lets the page that a request comes from read the answer; its origin was found to be allowed. */
export function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'Origin');
  if (headers.origin !== undefined) response.setHeader('access-control-allow-origin', headers.origin);
}

/** Answers the question of a browser whether a page may send its token. */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET',
    'access-control-allow-headers': 'authorization, last-event-id, cache-control',
    'access-control-max-age': String(preflightSeconds),
  });
  response.end();
}
