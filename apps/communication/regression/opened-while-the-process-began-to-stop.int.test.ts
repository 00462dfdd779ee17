import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { StreamTokenClaims } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import type { TokenVerdict } from '../src/access/stream-tokens.ts';
import { createConnections } from '../src/connections/connections.ts';
import { createServerSentOpening } from '../src/connections/open-server-sent.ts';
import type { Refusal } from '../src/http/problems.ts';

const claims = { sub: 'default', subject: 'account', iat: 0, exp: 4_000_000_000 } as StreamTokenClaims;

const stopping: Refusal = { code: 'going_away', detail: 'The server stops.', retryAfterSeconds: 2 };

let server: Server;

beforeEach(() => {
  server = createServer();
});

afterEach(async () => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});

test('a stream whose token is checked while everybody is told that the process stops is refused, and not kept', async () => {
  const connections = createConnections(
    { maxConnections: 10, maxConnectionsPerAccount: 10 },
    { endSubscriptions: () => undefined, countCutOff: () => undefined },
  );
  const checking = Promise.withResolvers<void>();
  const verdict = Promise.withResolvers<TokenVerdict>();
  let isStopping = false;
  const open = createServerSentOpening({
    verifyToken() {
      checking.resolve();
      return verdict.promise;
    },
    findReasonToRefuse: () => (isStopping ? stopping : undefined),
    isMainAway: () => false,
    connections,
    subscriptions: {
      ...{ count: 0, hasRoomFor: () => true, open: () => undefined, renew: () => undefined },
      ...{ goOn: () => undefined, endAll: () => undefined },
    },
    sessions: { hasEnded: () => false },
    metrics: { countEvent: () => undefined },
    logger: createLogger({ service: 'communication', level: 'error', json: true }),
    maxSubscriptions: 10,
  });
  server.on('request', open).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asking = fetch(`http://127.0.0.1:${port}/v1/stream`, {
    headers: { authorization: 'Bearer x' },
    signal: AbortSignal.timeout(50_000),
  });
  await checking.promise;
  isStopping = true;
  verdict.resolve({ claims });
  const response = await asking;

  expect([response.status, await response.json()]).toMatchObject([503, { code: 'going_away' }]);
  expect(connections.all()).toEqual([]);
});
