import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  type StreamClientMessage,
  streamClientMessageSchema,
  type StreamEnd,
  type StreamServerMessage,
  streamServerMessageSchema,
} from '@darkroom/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { TestLog } from './test-log.ts';
import type { TestTokens } from './test-tokens.ts';

export interface TestStreamOptions {
  log: TestLog;
  tokens: TestTokens;
}

/** The stream of `communication`, as far as a client can tell; it insists on messages that the contract allows. */
export interface TestStream {
  readonly url: string;
  /** Refuses WebSockets, as some proxies do. */
  refuseWebSockets(refuse: boolean): void;
  /** Leaves subscriptions over WebSockets unanswered until what it answers is called. */
  holdSubscriptions(): () => void;
  /** Takes so many subscriptions on one connection. */
  limitSubscriptions(most: number): void;
  /** Stops listening and cuts every connection. */
  stop(): Promise<void>;
  /** Listens again at the same address. */
  start(): Promise<void>;
  /** Cuts every connection without a word, and goes on listening. */
  cut(): void;
  /** Closes every WebSocket and says why. */
  close(closing: { code: number; reason: string }): void;
  /** Ends every stream of server-sent events and says why. */
  end(end: StreamEnd): void;
  /** Sends a message to all WebSockets. */
  broadcast(message: StreamServerMessage): void;
  /** Behind which sequences it was subscribed, over either. */
  readonly begun: readonly number[];
  /** What clients have said over WebSockets. */
  readonly heard: readonly StreamClientMessage[];
  /** What connections and event streams were asked for by, in their order: addresses are what logs hold. */
  readonly addresses: readonly string[];
  readonly webSockets: number;
  /** All there ever were. */
  readonly webSocketsOpened: number;
  readonly eventStreams: number;
}

export async function startTestStream({ log, tokens }: TestStreamOptions): Promise<TestStream> {
  const heard: StreamClientMessage[] = [];
  const begun: number[] = [];
  const addresses: string[] = [];
  const connections = new Set<Socket>();
  const eventStreams = new Set<ServerResponse>();
  const sockets = new WebSocketServer({ noServer: true });
  let server: Server;
  let port = 0;
  let refusesWebSockets = false;
  let mostSubscriptions = Infinity;
  let webSocketsOpened = 0;
  let mayAnswer = Promise.resolve();

  function answerEventStream(request: IncomingMessage, response: ServerResponse): void {
    const subject = tokens.subjectOf(request.headers.authorization?.replace('Bearer ', '') ?? '');
    if (subject === undefined) {
      const problem = { type: 'urn:x', title: 'x', status: 401, detail: 'Get a new one.', code: 'token_refused' };
      response.writeHead(401, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ ...problem, retryable: false }));
      return;
    }
    let after = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('after'));
    begun.push(after);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 2000\n\n');
    eventStreams.add(response);
    const send = () => {
      if (response.writableEnded) return;
      for (const event of log.after(subject, after)) {
        response.write(`id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
        after = event.sequence;
      }
    };
    const unwatch = log.watch(send);
    response.on('close', () => {
      unwatch();
      eventStreams.delete(response);
    });
    send();
  }

  function serve(socket: WebSocket): void {
    webSocketsOpened += 1;
    const subscriptions = new Map<string, () => void>();
    const say = (message: StreamServerMessage) => socket.send(JSON.stringify(streamServerMessageSchema.parse(message)));
    socket.on('close', () => subscriptions.forEach((unwatch) => unwatch()));
    socket.on('message', (data: Buffer) => {
      const message = streamClientMessageSchema.parse(JSON.parse(data.toString()));
      heard.push(message);
      if (message.type === 'unsubscribe') {
        subscriptions.get(message.subject)?.();
        subscriptions.delete(message.subject);
        return say({ type: 'unsubscribed', subject: message.subject });
      }
      const subject = tokens.subjectOf(message.token);
      if (subject === undefined) return say({ type: 'error', code: 'token_refused', detail: 'Get a new one.' });
      if (message.type === 'renew') return say({ type: 'renewed', subject, expiresAt: new Date().toISOString() });
      if (subscriptions.has(subject)) return say({ type: 'error', code: 'already_subscribed', detail: 'x', subject });
      if (subscriptions.size >= mostSubscriptions) {
        return say({ type: 'error', code: 'too_many_subscriptions', detail: 'Use another connection.', subject });
      }
      let after = Number(message.after ?? 0);
      if (after > log.lastSequence)
        return say({ type: 'error', code: 'sequence_ahead', detail: 'Read on from 0.', subject });
      const send = () => {
        for (const event of log.after(subject, after)) {
          say({ type: 'event', subject, event });
          after = event.sequence;
        }
      };
      begun.push(after);
      subscriptions.set(subject, () => undefined);
      void mayAnswer.then(() => {
        subscriptions.set(subject, log.watch(send));
        say({ type: 'subscribed', subject, after });
        send();
      });
    });
  }

  async function start(): Promise<void> {
    server = createServer((request, response) => {
      addresses.push(request.url ?? '');
      answerEventStream(request, response);
    });
    server.on('connection', (connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
    });
    server.on('upgrade', (request, socket: Socket, head) => {
      addresses.push(request.url ?? '');
      if (refusesWebSockets) socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      else sockets.handleUpgrade(request, socket, head, serve);
    });
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    ({ port } = server.address() as AddressInfo);
  }
  tokens.onExpired(() => {
    const end: StreamEnd = { code: 'token_expired', detail: 'Get a new one.' };
    for (const response of eventStreams) response.end(`event: end\ndata: ${JSON.stringify(end)}\n\n`);
  });
  const cut = () => connections.forEach((connection) => connection.destroy());

  await start();
  return {
    url: `http://127.0.0.1:${port}/v1/stream`,
    refuseWebSockets: (refuse) => void (refusesWebSockets = refuse),
    holdSubscriptions() {
      const { promise, resolve } = Promise.withResolvers<void>();
      mayAnswer = promise;
      return resolve;
    },
    limitSubscriptions: (most) => void (mostSubscriptions = most),
    start,
    async stop() {
      const stopped = new Promise((closed) => server.close(closed));
      cut();
      await stopped;
    },
    cut,
    close: ({ code, reason }) => sockets.clients.forEach((socket) => socket.close(code, reason)),
    end: (end) => eventStreams.forEach((stream) => stream.end(`event: end\ndata: ${JSON.stringify(end)}\n\n`)),
    broadcast: (message) => sockets.clients.forEach((socket) => socket.send(JSON.stringify(message))),
    begun,
    heard,
    addresses,
    get webSockets() {
      return sockets.clients.size;
    },
    get webSocketsOpened() {
      return webSocketsOpened;
    },
    get eventStreams() {
      return eventStreams.size;
    },
  };
}
