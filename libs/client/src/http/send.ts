import { DarkroomError } from '../darkroom-error.ts';
import { type Backoff, backoffMs } from './backoff.ts';
import { delay } from './delay.ts';
import { orAborted } from './or-aborted.ts';
import { toDarkroomError } from './to-darkroom-error.ts';

/** What openapi-fetch answers. */
interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

export interface SendOptions {
  /** Ends it; what was sent may have been accepted all the same. */
  signal?: AbortSignal | undefined;
  /** How often it is sent at most. */
  attempts?: number;
  /** How long one attempt may take, in milliseconds; undefined for as long as it takes. */
  timeoutMs?: number | undefined;
}

const defaultAttempts = 5;
const defaultTimeoutMs = 30_000;
const backoff: Backoff = { firstMs: 500, mostMs: 8_000 };
/** Whoever is told to come again later than this is told so, instead of being left waiting. */
const longestRetryAfterMs = 60_000;

/**
 * Sends a request that may be repeated: what got no answer, a 429, a 5xx, and a conflict that says when to come again is sent again, the same each
 * time. Answers the data; rejects with a DarkroomError, or with the reason of the signal.
 */
export async function send<Data>(
  request: (signal: AbortSignal) => Promise<Answer<Data>>,
  options: SendOptions = {},
): Promise<Data> {
  const { signal, attempts = defaultAttempts } = options;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(request, options);
    if ('data' in outcome) return outcome.data;
    const pauseMs = pauseAfter(outcome.error, attempt);
    if (pauseMs === undefined || attempt >= attempts) throw outcome.error;
    await delay(pauseMs, signal);
  }
}

type Outcome<Data> = { data: Data } | { error: DarkroomError };

async function attemptOnce<Data>(
  request: (signal: AbortSignal) => Promise<Answer<Data>>,
  options: SendOptions,
): Promise<Outcome<Data>> {
  const { signal } = options;
  signal?.throwIfAborted();
  const timeoutMs = 'timeoutMs' in options ? options.timeoutMs : defaultTimeoutMs;
  const limits = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const limit = AbortSignal.any(limits.filter((present) => present !== undefined));
  try {
    // Not every `fetch` ends where the signal of its request is aborted: Node's does not once nobody holds the request any more.
    const { data, error, response } = await orAborted(request(limit), limit);
    // A success without a body, such as a 204, has no data.
    return response.ok ? { data: data as Data } : { error: toDarkroomError(response, error) };
  } catch (cause) {
    signal?.throwIfAborted();
    return { error: cause instanceof SyntaxError ? notJson(cause) : noAnswer(cause) };
  }
}

function noAnswer(cause: unknown): DarkroomError {
  const detail = `Darkroom did not answer (${messagesOf(cause)}). Check that it runs and that baseUrl is its address.`;
  return new DarkroomError('no_answer', detail, { retryable: true, cause });
}

function notJson(cause: SyntaxError): DarkroomError {
  const detail = `The answer is no JSON (${cause.message}). Check that baseUrl is the address of Darkroom's public API, and what stands between.`;
  return new DarkroomError('unexpected_answer', detail, { cause });
}

/** Node says `fetch failed`, and why one level below. */
function messagesOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('message' in cause)) return String(cause);
  return 'cause' in cause ? `${String(cause.message)}: ${messagesOf(cause.cause)}` : String(cause.message);
}

/** How long to wait before it is sent again; undefined where that would change nothing. */
function pauseAfter({ code, status = 0, retryAfterSeconds }: DarkroomError, attempt: number): number | undefined {
  const isWorthIt =
    code === 'no_answer' || status === 429 || status >= 500 || (status === 409 && retryAfterSeconds !== undefined);
  if (!isWorthIt) return undefined;
  if (retryAfterSeconds === undefined) return backoffMs(attempt, backoff);
  return retryAfterSeconds * 1000 <= longestRetryAfterMs ? retryAfterSeconds * 1000 : undefined;
}
