import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { until } from './until.ts';

export interface ReceivedCallback {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** A client's server for callbacks, in this process. */
export interface CallbackReceiver {
  readonly url: string;
  readonly received: readonly ReceivedCallback[];
  /** The statuses of the next answers; 200 when they are used up. */
  answerWith(...statuses: number[]): void;
  /** Keeps the answers to itself until the function that it returns is called. */
  hold(): () => void;
  waitFor(count: number): Promise<readonly ReceivedCallback[]>;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<CallbackReceiver> {
  const received: ReceivedCallback[] = [];
  const statuses: number[] = [];
  let held = Promise.resolve();
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body, at: Date.now() });
      await held;
      response.writeHead(statuses.shift() ?? 200).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address with a port.');
  return {
    url: `http://127.0.0.1:${address.port}/callbacks/example/token-of-a-call`,
    received,
    answerWith: (...next) => statuses.push(...next),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    waitFor: (count) => until(() => (received.length >= count ? received : undefined)),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
