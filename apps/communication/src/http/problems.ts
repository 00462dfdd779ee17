import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Problem } from '@darkroom/contract';

interface ProblemKind {
  status: number;
  title: string;
  retryable: boolean;
}

/** Every problem that a request is answered with here, by its code: that of `main`, or of the stream, for the same thing. */
const kinds = {
  invalid_request: { status: 422, title: 'The request is not valid', retryable: false },
  unauthenticated: { status: 401, title: 'The request does not say who makes it', retryable: false },
  token_refused: { status: 401, title: 'The stream token opens nothing', retryable: false },
  token_expired: { status: 401, title: 'The stream token has expired', retryable: false },
  session_ended: { status: 401, title: 'The session behind the stream token has ended', retryable: false },
  foreign_host: { status: 403, title: 'The request names another host', retryable: false },
  foreign_origin: { status: 403, title: 'The request comes from another site', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  method_not_allowed: { status: 405, title: 'The method is not supported here', retryable: false },
  not_acceptable: { status: 406, title: 'What is asked for cannot be answered here', retryable: false },
  events_removed: { status: 410, title: 'Events that were asked for were removed', retryable: false },
  sequence_ahead: { status: 422, title: 'The log does not reach so far', retryable: false },
  too_many_connections: { status: 429, title: 'There are too many connections', retryable: true },
  too_many_subscriptions: { status: 429, title: 'There are too many subscriptions', retryable: true },
  overloaded: { status: 503, title: 'Darkroom has too much to do', retryable: true },
  log_away: { status: 503, title: 'The log cannot be read now', retryable: true },
  going_away: { status: 503, title: 'The server stops', retryable: true },
  too_slow: { status: 503, title: 'The answer is not taken', retryable: true },
  internal: { status: 500, title: 'Something went wrong in Darkroom', retryable: true },
} as const satisfies Record<string, ProblemKind>;

type ProblemCode = keyof typeof kinds;

/** Why a request is not served. `detail` says what to do next. */
export interface Refusal {
  code: string;
  detail: string;
  removedThrough?: number | undefined;
  /** Becomes the header `Retry-After`. */
  retryAfterSeconds?: number;
}

/** Answers a request with a problem by RFC 9457. */
export function sendProblem(response: ServerResponse, refusal: Refusal): void {
  const problem = toProblem(refusal);
  response.writeHead(problem.status, headersOf(refusal)).end(JSON.stringify(problem));
}

/** Answers a request for a WebSocket with a problem, before there is one. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const problem = toProblem(refusal);
  const body = JSON.stringify(problem);
  const headers = { ...headersOf(refusal), connection: 'close', 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const answer = [`HTTP/1.1 ${problem.status} ${problem.title}`, ...lines, '', body].join('\r\n');
  // A client that does not close its side would keep the connection.
  socket.end(answer, () => socket.destroy());
}

function toProblem({ code, detail, removedThrough }: Refusal): Problem {
  const known = isKnown(code) ? code : 'internal';
  return {
    type: `urn:darkroom:problem:${known.replaceAll('_', '-')}`,
    ...kinds[known],
    detail,
    code: known,
    ...(removedThrough !== undefined && { firstSequence: removedThrough + 1 }),
  };
}

function isKnown(code: string): code is ProblemCode {
  return code in kinds;
}

function headersOf({ code, retryAfterSeconds }: Refusal): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(isKnown(code) && kinds[code].status === 401 && { 'www-authenticate': 'Bearer realm="darkroom-stream"' }),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
}
