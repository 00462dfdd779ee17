import { expect, jest, test } from '@jest/globals';
import { streamClosingNames } from '@darkroom/contract';
import { quietWire } from '../../test/quiet-wire.ts';
import { Connection } from './connection.ts';
import { type ConnectionLimits, createConnections } from './connections.ts';

function setUp(limits: Partial<ConnectionLimits> = {}) {
  const counted: string[] = [];
  const connections = createConnections(
    { maxConnections: 1000, maxConnectionsPerAccount: 1000, ...limits },
    { endSubscriptions: () => undefined, countCutOff: (closing) => void counted.push(closing) },
  );
  const connect = () => {
    const connection = new Connection(quietWire(), () => undefined);
    connections.add(connection);
    return connection;
  };
  return { connections, connect, counted };
}

test('every closing is counted by its reason, and one that is closing already is not counted again', () => {
  const { connections, connect, counted } = setUp();
  for (const closing of streamClosingNames) {
    const connection = connect();
    connections.close(connection, closing);
    connections.close(connection, 'going_away');
    connections.noteClosed(connection, 'protocol');
  }
  const broken = connect();
  connections.noteClosed(broken, 'protocol');
  connections.close(broken, 'nothing_subscribed');

  expect(counted).toEqual([...streamClosingNames, 'protocol']);
});

test.each([
  [800, 200],
  [100, 25],
  [7, 1],
  [1, 1],
])(
  'of %d connections %d may have never subscribed, a quarter: the oldest of them makes room, and who subscribes keeps its place',
  (maxConnections, mostNeverSubscribed) => {
    const { connections, connect, counted } = setUp({ maxConnections });
    const subscribed = connect();
    connections.claim(subscribed, 'default');
    const oldest = connect();
    const others = Array.from({ length: mostNeverSubscribed - 1 }, connect);
    expect(counted).toEqual([]);
    const terminated = jest.spyOn(oldest.wire, 'terminate');
    const next = connect();
    connections.claim(next, 'default');
    connect();

    expect([oldest, subscribed, next, ...others].filter(({ isClosing }) => isClosing)).toEqual([oldest]);
    expect(terminated).toHaveBeenCalledTimes(1);
    expect(counted).toEqual(['nothing_subscribed']);
  },
);
