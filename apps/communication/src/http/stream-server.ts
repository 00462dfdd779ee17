import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DependencyState, isReady, securityHeaders } from '@darkroom/platform-http';
import { findForeignSign, type OriginPolicy } from '../access/foreign-request.ts';
import { allowOrigin, answerPreflight } from './cross-origin.ts';
import { refuseUpgrade, type Refusal, sendProblem } from './problems.ts';

/** What the server does not decide itself. */
export interface StreamServerOptions {
  originPolicy: OriginPolicy;
  /** Why no further connection is taken now, or undefined. */
  findReasonToRefuse: () => Refusal | undefined;
  openWebSocket: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  openServerSent: (request: IncomingMessage, response: ServerResponse) => void;
  readiness: () => Record<string, DependencyState>;
  maxConnections: number;
}

/** What Node holds of an answer before it says that there is no room: with it, what a reader costs who does not read. */
const heldBytes = 32 * 1024;
/** Connections beside the streams: health checks, and those that are refused. */
const otherConnections = 500;

/** The HTTP server: `/v1/stream`, `/healthz` and `/readyz`. */
export function createStreamServer(options: StreamServerOptions): Server {
  const { originPolicy, findReasonToRefuse, openWebSocket, openServerSent, readiness } = options;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request);
    if (path === '/healthz') return sendJson(response, 200, { status: 'ok' });
    if (path === '/readyz') return sendReadiness(response, readiness());
    if (path !== '/v1/stream') return sendProblem(response, notFound);
    const foreign = findForeignSign(originPolicy, request);
    if (foreign !== undefined) return sendProblem(response, foreign);
    allowOrigin(request, response);
    if (request.method === 'OPTIONS') return answerPreflight(response);
    if (request.method !== 'GET') return sendProblem(response, notAllowed);
    if (!acceptsEvents(request)) return sendProblem(response, notAcceptable);
    const refusal = findReasonToRefuse();
    if (refusal !== undefined) return sendProblem(response, refusal);
    openServerSent(request, response);
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Whoever leaves meanwhile needs no answer.
    socket.on('error', () => socket.destroy());
    const refusal =
      pathOf(request) === '/v1/stream'
        ? (findForeignSign(originPolicy, request) ?? findQuery(request) ?? findReasonToRefuse())
        : notFound;
    if (refusal !== undefined) return refuseUpgrade(socket, refusal);
    openWebSocket(request, socket, head);
  };

  const server = createServer({ highWaterMark: heldBytes }, (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    answer(request, response);
  });
  server.maxConnections = options.maxConnections + otherConnections;
  server.on('upgrade', upgrade);
  return server;
}

const notFound: Refusal = { code: 'not_found', detail: 'There is /v1/stream, as WebSocket and as server-sent events.' };
const notAllowed: Refusal = { code: 'method_not_allowed', detail: 'Ask with GET.' };
const strangeAddress: Refusal = {
  code: 'invalid_request',
  detail:
    'The address of a WebSocket has nothing behind /v1/stream. Send the token of POST /v1/tokens, and `after`, in a `subscribe` message: addresses are logged.',
};
const notAcceptable: Refusal = {
  code: 'not_acceptable',
  detail: 'Ask with `Accept: text/event-stream`, or for an upgrade to a WebSocket.',
};

/** Nothing in the address of a WebSocket is read, and what somebody put there in vain may be a secret. */
function findQuery({ url = '/' }: IncomingMessage): Refusal | undefined {
  return url.includes('?') ? strangeAddress : undefined;
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/';
}

function acceptsEvents({ headers: { accept = '*/*' } }: IncomingMessage): boolean {
  return /text\/event-stream|text\/\*|\*\/\*/i.test(accept);
}

function sendReadiness(response: ServerResponse, dependencies: Record<string, DependencyState>): void {
  const ready = isReady(dependencies);
  sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not_ready', dependencies });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
