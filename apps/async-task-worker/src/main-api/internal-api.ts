import type { z } from 'zod';

/** Requests to the internal API of `main`. They fail where it does not answer, or answers with an error. */
export interface InternalApi {
  /** The answer to a path below `/internal/`, as it came. */
  send(path: string, request?: RequestInit, timeoutMs?: number): Promise<Response>;
  /** A GET or, with a body, a POST of JSON; what it answers by the schema, undefined for a 404. */
  ask<Answer>(path: string, schema: z.ZodType<Answer>, options?: AskOptions): Promise<Answer | undefined>;
}

export interface AskOptions {
  body?: unknown;
  /** 15 seconds where nothing is said. */
  timeoutMs?: number;
  /** Gives the question up early. */
  signal?: AbortSignal;
}

const questionTimeoutMs = 15_000;
const longestDetail = 500;

export function createInternalApi({ url, token }: { url: string; token: string }): InternalApi {
  const send: InternalApi['send'] = (path, request = {}, timeoutMs = questionTimeoutMs) => {
    const timeOut = AbortSignal.timeout(timeoutMs);
    return fetch(`${url}/internal/${path}`, {
      ...request,
      headers: { authorization: `Bearer ${token}`, ...request.headers },
      signal: request.signal ? AbortSignal.any([request.signal, timeOut]) : timeOut,
    });
  };
  return {
    send,
    async ask(path, schema, { body, timeoutMs, signal } = {}) {
      const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await send(path, { ...(body !== undefined && json), ...(signal && { signal }) }, timeoutMs);
      if (response.status === 404) return skip(response);
      await expectOk(response, path);
      return schema.parse(await response.json());
    },
  };
}

/** Reads what is left, so that the connection can be used again. */
export async function skip(response: Response): Promise<undefined> {
  await response.arrayBuffer();
  return undefined;
}

export async function expectOk(response: Response, path: string): Promise<void> {
  if (response.ok) return;
  const detail = (await response.text()).slice(0, longestDetail);
  throw new Error(`main answered ${response.status} to /internal/${path}: ${detail}`);
}
