import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands between a `communication` and the internal API of `main`, and can keep the answers of its comparisons back. */
export interface ComparisonHold {
  /** Takes the place of the internal API. */
  readonly url: string;
  /** From now on no comparison is answered: whatever comes meanwhile, news have told of. */
  hold(): void;
  /** Answers those that wait, and all that come. */
  release(): void;
  stop(): Promise<void>;
}

export async function startComparisonHold(mainInternalUrl: string): Promise<ComparisonHold> {
  let released = Promise.resolve();
  let release = (): void => undefined;

  const passOn = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '/', method = 'GET', headers } = request;
    const body = await buffer(request);
    const answer = await fetch(`${mainInternalUrl}${url}`, {
      method,
      headers: {
        authorization: headers.authorization ?? '',
        ...(body.length > 0 && { 'content-type': 'application/json' }),
      },
      ...(body.length > 0 && { body }),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // Behind the question: one that was under way when it was asked to hold may know too much.
    if (url === '/internal/heads') await released;
    const contentType = answer.headers.get('content-type') ?? '';
    // A connection that is kept may be closed just when it is asked something, after a moment in which all stood still.
    response.writeHead(answer.status, { 'content-type': contentType, connection: 'close' }).end(bytes);
  };

  const server = createServer((request, response) => {
    // Such as while the stack ends: it is answered as by a main that is away.
    passOn(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold() {
      released = new Promise((resolve) => (release = resolve));
    },
    release: () => release(),
    async stop() {
      release();
      const stopped = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await stopped;
    },
  };
}
