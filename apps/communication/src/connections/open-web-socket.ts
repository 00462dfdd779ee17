import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { maxStreamMessageBytes } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import { WebSocketServer } from 'ws';
import type { Metrics } from '../health/create-metrics.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { type AnsweringDependencies, answerMessage } from './answer-message.ts';
import { Connection } from './connection.ts';
import { Inbox } from './inbox.ts';
import { StreamSocket } from './stream-socket.ts';
import { WebSocketWire } from './web-socket-wire.ts';

export interface OpeningDependencies extends AnsweringDependencies {
  subscriptions: Subscriptions;
  metrics: Pick<Metrics, 'countEvent'>;
  logger: Logger;
}

/** Takes upgrades to WebSockets. Compression is off: it would cost each connection some hundred kilobytes. */
export function createWebSocketOpening(
  dependencies: OpeningDependencies,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxStreamMessageBytes,
    WebSocket: StreamSocket,
  });
  return (request, socket, head) => {
    server.handleUpgrade(request, socket, head, (webSocket) => connect(dependencies, webSocket, socket));
  };
}

function connect(dependencies: OpeningDependencies, webSocket: StreamSocket, socket: Duplex): void {
  const { connections, subscriptions, metrics, logger } = dependencies;
  const connection = new Connection(new WebSocketWire(webSocket, socket), metrics.countEvent);
  const inbox = new Inbox(webSocket, connection, (text) =>
    answerMessage(dependencies, connection, text).catch((error: unknown) => {
      logger.error({ error }, 'a message of a client could not be answered');
      webSocket.terminate();
    }),
  );
  connections.add(connection);
  webSocket.on('message', (data: Buffer, isBinary) => inbox.put(isBinary ? undefined : data.toString()));
  webSocket.on('pong', () => {
    connection.unansweredPings = 0;
  });
  webSocket.on('close', () => connections.remove(connection));
  // A broken frame, or a message that is too large: the library closes the connection itself and says why.
  webSocket.on('error', (error) => {
    connections.noteClosed(connection, isTooLarge(error) ? 'message_too_large' : 'protocol');
    logger.debug({ error }, 'a client broke the protocol');
  });
  socket.on('drain', () => {
    subscriptions.goOn(connection);
    void inbox.goOn();
  });
}

function isTooLarge(error: Error): boolean {
  return 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
}
