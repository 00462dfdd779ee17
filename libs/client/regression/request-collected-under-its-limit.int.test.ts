import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createDarkroom } from '../src/index.ts';
import { readEventStream } from '../src/stream/read-event-stream.ts';

// Node's `fetch` hears of the end of a Request's signal only as long as somebody holds that Request: not where an application's own `fetch` has
// made another of it, and not once an optimized function needs it no more. Whoever waited then waited on, be it for an answer or for a stream.

let server: Server;
let origin: string;

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url?.startsWith('/v1/stream') === true) response.write(': hello\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Of what was made before nothing is left that nobody holds. */
async function collectGarbage(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) {
    await setImmediate();
    collect();
  }
}

const anotherOfIt = (request: Request) => fetch(new Request(request));

test('who leaves is not kept by a request that is never answered', async () => {
  const darkroom = createDarkroom({ baseUrl: origin, apiKey: 'key', fetch: anotherOfIt });
  const leaving = new AbortController();
  const asked = once(server, 'request');
  const call = darkroom.calls.get('call_1', { signal: leaving.signal });
  await asked;
  await collectGarbage();

  leaving.abort(new Error('left'));
  await expect(call).rejects.toThrow('left');
}, 25_000);

test('a stream that is left ends, and its connection with it', async () => {
  const leaving = new AbortController();
  const disconnected = once(server, 'connection').then(([socket]) => once(socket as NodeJS.EventEmitter, 'close'));
  const opened = Promise.withResolvers<void>();
  const stream = readEventStream(
    {
      ...{ url: `${origin}/v1/stream`, token: 'token', after: 0, fetch: anotherOfIt },
      ...{ openTimeoutMs: 60_000, silenceMs: 60_000 },
      ...{ onOpen: opened.resolve, onEvent: () => undefined },
    },
    leaving.signal,
  );
  await opened.promise;
  await collectGarbage();

  leaving.abort(new Error('left'));
  await expect(stream).rejects.toThrow('left');
  await disconnected;
}, 25_000);
