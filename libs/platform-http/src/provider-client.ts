import { buildConnector, Client } from 'undici';
import { failureReason } from './failure-reason.ts';
import { joinHeaders } from './join-headers.ts';
import { makeReady } from './make-ready.ts';
import { encodeBody, type ProviderBody } from './provider-body.ts';
import { notSent, ProviderRequestError } from './provider-request-error.ts';
import { isTooLarge, readLimited } from './read-limited.ts';

/** A paid request. */
export type ProviderPost = { url: string; headers: Record<string, string> } & ProviderBody;

/** The whole answer, whatever its status. */
export interface ProviderAnswer {
  status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Sends paid requests: each on a fresh connection, once, without following redirects. */
export interface ProviderClient {
  /** Fails with a `ProviderRequestError` where no whole answer came until `deadlineAt`. */
  send(post: ProviderPost, options: { deadlineAt: Date }): Promise<ProviderAnswer>;
}

export interface ProviderClientOptions {
  /** Longer answers are not taken. Default 60 MB: with its headers and a download or two it fits the 64 MB of a spool's entry. */
  maxAnswerBytes?: number;
  connectTimeoutMs?: number;
}

const defaultMaxAnswerBytes = 60 * 1024 * 1024;
const defaultConnectTimeoutMs = 10_000;

/** Tells by the connection whether a request that failed can have reached the provider. */
export function createProviderClient({
  maxAnswerBytes = defaultMaxAnswerBytes,
  connectTimeoutMs = defaultConnectTimeoutMs,
}: ProviderClientOptions = {}): ProviderClient {
  return {
    async send(post, { deadlineAt }) {
      const { url, body } = makeReady(post.url, () => encodeBody(post));
      const { origin, host, pathname, search } = url;
      const remainingMs = deadlineAt.getTime() - Date.now();
      if (remainingMs <= 0) throw notSent(host, 'the deadline has passed', { timedOut: true });

      const deadline = AbortSignal.timeout(remainingMs);
      const connection = observeConnection(Math.min(connectTimeoutMs, remainingMs));
      // The deadline is the only time-out: undici's own would end a slow answer after 300 s.
      const client = new Client(origin, {
        connect: connection.connector,
        pipelining: 1,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      let status = 0;
      try {
        const answer = await client.request({
          method: 'POST',
          path: `${pathname}${search}`,
          headers: { 'content-type': body.contentType, accept: 'application/json', ...post.headers },
          body: body.bytes,
          signal: deadline,
        });
        status = answer.statusCode;
        const bytes = await readLimited(answer.body, maxAnswerBytes, answer.headers['content-length']);
        return { status: answer.statusCode, headers: joinHeaders(answer.headers), body: bytes };
      } catch (error) {
        const reason = deadline.aborted ? 'no answer until the deadline' : failureReason(error);
        const more = { timedOut: deadline.aborted, cause: error };
        if (!connection.wasMade()) throw notSent(host, reason, more);
        if (isTooLarge(error) && status >= 200 && status < 300) {
          const message = `${host} answered with more than ${maxAnswerBytes} bytes.`;
          throw new ProviderRequestError('answer_too_large', message, more);
        }
        throw new ProviderRequestError(
          'after_sending',
          `${host} took the request and gave no whole answer (${reason})`,
          more,
        );
      } finally {
        await client.destroy();
      }
    },
  };
}

/** A connector that remembers whether a connection, TLS included, came about: before that nothing can have been sent. */
function observeConnection(timeout: number): { connector: buildConnector.connector; wasMade: () => boolean } {
  let made = false;
  const connect = buildConnector({ timeout });
  const connector: buildConnector.connector = (options, callback) =>
    connect(options, (...result) => {
      made ||= result[0] === null;
      callback(...result);
    });
  return { connector, wasMade: () => made };
}
