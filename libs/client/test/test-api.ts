import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AccountEvent } from '@darkroom/contract';
import { createTestLog, type TestLog } from './test-log.ts';
import { startTestStream, type TestStream } from './test-stream.ts';
import { createTestTokens, type TestTokens } from './test-tokens.ts';

export interface TestRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request by itself; `pass` leaves it to the server. */
type Interceptor = (request: TestRequest, response: ServerResponse) => 'answered' | 'pass';

/** The API of `main` as far as following needs it, with a stream beside it, over a log that the test writes. */
export interface TestApi {
  readonly url: string;
  readonly log: TestLog;
  readonly tokens: TestTokens;
  readonly stream: TestStream;
  readonly requests: readonly TestRequest[];
  /** How often the log was read by polling. */
  polls(): number;
  intercept(interceptor: Interceptor): void;
  /** Answers 503 so many times where a path has a part, instead of anything else. Answers how often it has. */
  refuse(part: string, times: number): () => number;
  stop(): Promise<void>;
}

const pageSize = 100;

export async function startTestApi(): Promise<TestApi> {
  const log = createTestLog();
  const tokens = createTestTokens();
  const stream = await startTestStream({ log, tokens });
  const requests: TestRequest[] = [];
  let interceptor: Interceptor = () => 'pass';

  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body };
      requests.push(request);
      if (interceptor(request, response) === 'pass') answer(request, response);
    });
  });

  function answer({ method, path, body }: TestRequest, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    const [, , kind, id, part] = pathname.split('/');
    const after = Number(searchParams.get('after') ?? 0);
    if (method === 'POST' && kind === 'tokens') return answerToken(body, response);
    if (kind === 'events') return json(response, 200, page(log.after('account', after)));
    if (id === undefined || log.after(id, 0).length === 0) return notFound(response);
    return part === 'events'
      ? json(response, 200, page(log.after(id, after)))
      : json(response, 200, presentSubject(id, log.after(id, 0)));
  }

  function answerToken(body: string, response: ServerResponse): void {
    const asked = JSON.parse(body) as { callId?: string; batchId?: string };
    const subject = asked.callId ?? asked.batchId ?? 'account';
    if (subject !== 'account' && log.after(subject, 0).length === 0) return notFound(response);
    const expiresAt = new Date(Date.now() + tokens.seconds * 1000).toISOString();
    const { lastSequence } = log;
    json(response, 201, { token: tokens.make(subject), subject, expiresAt, streamUrl: stream.url, lastSequence });
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const api: TestApi = {
    url: `http://127.0.0.1:${port}`,
    log,
    tokens,
    stream,
    requests,
    polls: () => requests.filter(({ path }) => path.includes('/events?')).length,
    intercept: (next) => void (interceptor = next),
    refuse(part, times) {
      let refused = 0;
      interceptor = ({ path }, response) => {
        if (!path.includes(part) || refused >= times) return 'pass';
        refused += 1;
        json(response, 503, { code: 'database_unavailable', detail: 'Come again.', retryable: true });
        return 'answered';
      };
      return () => refused;
    },
    async stop() {
      await stream.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return api;
}

/** What a call or a batch looks like after its events. */
function presentSubject(id: string, events: AccountEvent[]) {
  const last = events.at(-1);
  const status = last !== undefined && 'status' in last ? last.status : 'pending';
  const isEnded = ['completed', 'failed', 'cancelled'].includes(status);
  return { id, status, ...(isEnded && { completedAt: last?.createdAt, output: {} }) };
}

function page(events: AccountEvent[]) {
  const items = events.slice(0, pageSize);
  return { items, nextCursor: events.length > pageSize ? String(items.at(-1)?.sequence) : null };
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

function notFound(response: ServerResponse): void {
  const problem = { type: 'urn:darkroom:problem:not-found', title: 'Not found', status: 404, retryable: false };
  json(response, 404, { ...problem, code: 'not_found', detail: 'There is nothing here for this account.' });
}
