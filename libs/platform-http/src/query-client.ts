import { Agent, buildConnector } from 'undici';
import { failureReason } from './failure-reason.ts';
import { joinHeaders } from './join-headers.ts';
import { makeReady } from './make-ready.ts';
import type { ProviderAnswer } from './provider-client.ts';
import { notSent, ProviderRequestError } from './provider-request-error.ts';
import { isTooLarge, readLimited } from './read-limited.ts';

/** A request that costs nothing: a look at a task, a list, a wish to cancel. `body` is sent as JSON. */
export interface ProviderQuestion {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** Asks providers over connections that are kept and shared, each question once, without following redirects. */
export interface QueryClient {
  /** Fails with a `ProviderRequestError` where no whole answer came within the time, or `signal` was aborted. */
  ask(question: ProviderQuestion, options: { timeoutMs: number; signal?: AbortSignal }): Promise<ProviderAnswer>;
  close(): Promise<void>;
}

export interface QueryClientOptions {
  /** Longer answers are not taken. Default 16 MB. */
  maxAnswerBytes?: number;
  connectTimeoutMs?: number;
}

const defaultMaxAnswerBytes = 16 * 1024 * 1024;
const defaultConnectTimeoutMs = 10_000;
const connectionsPerOrigin = 64;

export function createQueryClient({
  maxAnswerBytes = defaultMaxAnswerBytes,
  connectTimeoutMs = defaultConnectTimeoutMs,
}: QueryClientOptions = {}): QueryClient {
  const connectFailures = new WeakSet<object>();
  // The question's own time-out is the only one.
  const agent = new Agent({
    connect: rememberingFailures(connectFailures, connectTimeoutMs),
    connections: connectionsPerOrigin,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  return {
    async ask({ method, url: address, headers, body: json }, { timeoutMs, signal }) {
      const { url, body } = makeReady(address, () => (json === undefined ? null : JSON.stringify(json)));
      const timeout = AbortSignal.timeout(timeoutMs);
      const ended = signal ? AbortSignal.any([timeout, signal]) : timeout;
      let status = 0;
      try {
        const answer = await agent.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: {
            ...(body !== null && { 'content-type': 'application/json' }),
            accept: 'application/json',
            ...headers,
          },
          body,
          signal: ended,
        });
        status = answer.statusCode;
        const bytes = await readLimited(answer.body, maxAnswerBytes, answer.headers['content-length']);
        return { status, headers: joinHeaders(answer.headers), body: bytes };
      } catch (error) {
        const reason = reasonOf(error, { timeout, ended });
        const more = { timedOut: timeout.aborted, cause: error };
        if (connectFailures.has(error as object)) throw notSent(url.host, reason, more);
        if (isTooLarge(error) && status >= 200 && status < 300) {
          const message = `${url.host} answered with more than ${maxAnswerBytes} bytes.`;
          throw new ProviderRequestError('answer_too_large', message, more);
        }
        throw new ProviderRequestError('after_sending', `${url.host} gave no whole answer (${reason})`, more);
      }
    },
    close: () => agent.destroy(),
  };
}

function reasonOf(error: unknown, { timeout, ended }: { timeout: AbortSignal; ended: AbortSignal }): string {
  if (timeout.aborted) return 'it took too long';
  return ended.aborted ? 'it is not waited for any more' : failureReason(error);
}

/** Connections are shared, so that only the failure itself can tell that it came before anything was sent. */
function rememberingFailures(failures: WeakSet<object>, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout });
  return (options, callback) =>
    connect(options, (...result) => {
      if (result[0] !== null) failures.add(result[0]);
      callback(...result);
    });
}
