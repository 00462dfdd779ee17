import type { LookupAddress } from 'node:dns';
import { Agent, buildConnector, request } from 'undici';
import { isAddress, isPublicAddress } from './address-range.ts';
import { checkOutboundUrl, isAllowedOrigin } from './check-outbound-url.ts';
import { createGuardedLookup, resolveBySystem } from './guarded-lookup.ts';
import { joinHeaders } from './join-headers.ts';
import { OutboundError } from './outbound-error.ts';
import { readLimited } from './read-limited.ts';
import { toOutboundError } from './to-outbound-error.ts';

export interface DownloadOptions {
  /** A longer body fails with `too_large`, whatever its headers said. */
  maxBytes: number;
  /** For the whole download, redirects included. */
  timeoutMs: number;
  /** Sent to the first origin only. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Download {
  bytes: Uint8Array;
  /** As the server said, in lower case and without parameters; empty where it said nothing. */
  contentType: string;
  finalUrl: string;
}

/** Fetches files from addresses that users or providers name, and posts to them; fails with an `OutboundError`. */
export interface GuardedClient {
  download(url: string, options: DownloadOptions): Promise<Download>;
  /** Answers whatever status came: a redirect is not followed. What the server says beside it is not kept. */
  post(url: string, options: PostOptions): Promise<PostAnswer>;
  close(): Promise<void>;
}

export interface PostOptions {
  headers: Record<string, string>;
  body: string;
  /** From the first byte that is sent to the last one that is read. */
  timeoutMs: number;
}

export interface PostAnswer {
  status: number;
  /** In lower case. */
  headers: Record<string, string>;
}

export interface GuardedClientOptions {
  /** Exact origins that may be private, for instance the simulator's in development. */
  allowOrigins: readonly string[];
  /** Takes the place of the system's resolver. */
  resolve?: (host: string) => Promise<LookupAddress[]>;
}

const maxRedirects = 5;
const mostDiscardedBytes = 64 * 1024;
const connectTimeoutMs = 10_000;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Refuses private addresses in every spelling: before a request, at each redirect, and when the connection is made. */
export function createGuardedClient({ allowOrigins, resolve = resolveBySystem }: GuardedClientOptions): GuardedClient {
  const agent = new Agent({ connect: guardedConnector(allowOrigins, resolve), connections: 256 });

  return {
    async download(url, { maxBytes, timeoutMs, headers = {}, signal }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const cancelled = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
      let address = parseAllowed(url, allowOrigins);
      let ownHeaders = headers;
      try {
        for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
          const answer = await request(address, { dispatcher: agent, headers: ownHeaders, signal: cancelled });
          const location = locationOf(answer);
          if (location === undefined) {
            if (answer.statusCode !== 200) throw await unusable(address, answer);
            const bytes = await readLimited(answer.body, maxBytes, answer.headers['content-length']);
            return { bytes, contentType: contentTypeOf(answer.headers['content-type']), finalUrl: address.href };
          }
          await answer.body.dump();
          const next = parseAllowed(URL.parse(location, address.href)?.href ?? location, allowOrigins);
          if (next.origin !== address.origin) ownHeaders = {};
          address = next;
        }
      } catch (error) {
        throw toOutboundError(error, address, timeout);
      }
      throw new OutboundError(
        'too_many_redirects',
        `${address.host} was reached by more than ${maxRedirects} redirects`,
      );
    },
    async post(url, { headers, body, timeoutMs }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const address = parseAllowed(url, allowOrigins);
      try {
        const answer = await request(address, { dispatcher: agent, method: 'POST', headers, body, signal: timeout });
        await discard(answer);
        return { status: answer.statusCode, headers: joinHeaders(answer.headers) };
      } catch (error) {
        throw toOutboundError(error, address, timeout);
      }
    },
    close: () => agent.destroy(),
  };
}

type Answer = Awaited<ReturnType<typeof request>>;

/** Reads a short answer to its end, so that the connection can be used again. The status has been said: how the rest ends changes nothing. */
async function discard({ body }: Answer): Promise<void> {
  await body.dump({ limit: mostDiscardedBytes }).catch(() => undefined);
}

function guardedConnector(allowOrigins: readonly string[], resolve: NonNullable<GuardedClientOptions['resolve']>) {
  const direct = buildConnector({ timeout: connectTimeoutMs });
  const guarded = buildConnector({ timeout: connectTimeoutMs, lookup: createGuardedLookup(resolve) });
  const connector: buildConnector.connector = (options, callback) => {
    if (isAllowedOrigin(originOf(options), allowOrigins)) return direct(options, callback);
    // A socket looks up names only: an address literal would pass the lookup by.
    if (isAddress(options.hostname) && !isPublicAddress(options.hostname)) {
      return callback(new OutboundError('forbidden', `${options.hostname} is a private or reserved address`), null);
    }
    return guarded(options, callback);
  };
  return connector;
}

function originOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port === '' ? '' : `:${port}`}`);
}

function parseAllowed(url: string, allowOrigins: readonly string[]): URL {
  const fault = checkOutboundUrl(url, allowOrigins);
  if (fault !== undefined) throw new OutboundError('forbidden', `The URL ${fault}`);
  return new URL(url);
}

function locationOf({ statusCode, headers }: Answer): string | undefined {
  if (!redirectStatuses.has(statusCode)) return undefined;
  return [headers['location']].flat()[0];
}

async function unusable(address: URL, answer: Answer): Promise<OutboundError> {
  await answer.body.dump();
  const status = answer.statusCode;
  return new OutboundError('status', `${address.host} answered with status ${status}`, { status });
}

function contentTypeOf(header: string | string[] | undefined): string {
  const [first = ''] = [header].flat();
  return (first.split(';')[0] ?? '').trim().toLowerCase();
}
