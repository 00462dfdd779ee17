import { expect, test } from '@jest/globals';
import type { StreamTokenClaims } from '@darkroom/contract';
import type { TokenVerdict } from '../src/access/stream-tokens.ts';
import { answerMessage } from '../src/connections/answer-message.ts';
import { Connection } from '../src/connections/connection.ts';
import { createConnections } from '../src/connections/connections.ts';
import { quietWire } from '../test/quiet-wire.ts';

const claims = { sub: 'default', subject: 'account', iat: 0, exp: 4_000_000_000 } as StreamTokenClaims;

test('who leaves while its first token is checked takes none of its account’s connections with it', async () => {
  const connections = createConnections(
    { maxConnections: 10, maxConnectionsPerAccount: 1 },
    { endSubscriptions: () => undefined, countCutOff: () => undefined },
  );
  const opened: Connection[] = [];
  let verdict = Promise.withResolvers<TokenVerdict>();
  const subscribe = (connection: Connection) =>
    answerMessage(
      {
        verifyToken: () => verdict.promise,
        connections,
        subscriptions: { hasRoomFor: () => true, open: (of) => void opened.push(of), renew: () => undefined },
        sessions: { hasEnded: () => false },
        maxSubscriptions: 10,
      },
      connection,
      JSON.stringify({ type: 'subscribe', token: 'of the account' }),
    );
  const connect = () => {
    const connection = new Connection(quietWire(), () => undefined);
    connections.add(connection);
    return connection;
  };
  const leaving = connect();
  const answering = subscribe(leaving);
  connections.remove(leaving);
  verdict.resolve({ claims });
  await answering;
  verdict = Promise.withResolvers();
  verdict.resolve({ claims });
  const next = connect();
  await subscribe(next);

  expect(opened).toEqual([next]);
  expect(next.isClosing).toBe(false);
});
