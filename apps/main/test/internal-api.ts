import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createBatchNews } from '../src/batches/batch-news.ts';
import { createInternalApp } from '../src/internal/internal-app.ts';
import { createWebhookKeys } from '../src/notifications/webhook-keys.ts';
import type { Retention } from '../src/retention/retention.ts';
import type { SpoolLimits } from '../src/spool/put-in-spool.ts';
import { type InternalSide, testClaim } from './internal-side.ts';

interface InternalRequest {
  method?: string;
  json?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** The API for workers on a real port, with shorthands for what workers ask of it. */
export interface InternalApi {
  port: number;
  ask(path: string, request?: InternalRequest): Promise<Response>;
  claim(callId: string, given?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  put(
    callId: string,
    bytes: Uint8Array<ArrayBuffer>,
    options?: { attempt?: number; sha256?: string },
  ): Promise<Response>;
  close(): Promise<void>;
}

const keepsAll: Retention = { remove: () => Promise.resolve({ count: 0, bytes: 0, cursor: null }) };

export const internalToken = 'an-internal-token';
export const internalAuthorization = `Bearer ${internalToken}`;

/** How deliveries are made in tests. */
const testDelivering = {
  baseUrl: () => 'http://main.test',
  hasPage: true,
  webhookKeys: createWebhookKeys('a-secret-of-thirty-two-characters'),
  thumbnailUrl: () => undefined,
  schedule: { retrySeconds: [5, 30], giveUpSeconds: 3600 },
};

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export async function startInternalApi(
  main: InternalSide,
  spoolLimits?: SpoolLimits,
  retention: Retention = keepsAll,
): Promise<InternalApi> {
  const app = createInternalApp({
    ...main.changing,
    token: internalToken,
    metrics: main.metrics,
    batches: {
      catalog: main.catalog,
      batchNews: createBatchNews(main.eventBus, main.pool),
      wakeDispatcher: () => undefined,
      wakeCanceller: () => undefined,
    },
    delivering: testDelivering,
    streaming: { pool: main.pool, eventBus: main.eventBus, baseUrl: testDelivering.baseUrl, sessions: main.sessions },
    retention,
    ...(spoolLimits && { spoolLimits }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const ask: InternalApi['ask'] = (path, { method = 'GET', json, bytes, headers = {} } = {}) => {
    const type = json === undefined ? 'application/octet-stream' : 'application/json';
    const body = json === undefined ? bytes : JSON.stringify(json);
    return fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        authorization: internalAuthorization,
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
  };

  return {
    port,
    ask,
    async claim(callId, given = {}) {
      const json = { ...testClaim(callId), ...given };
      const answer = await ask(`/internal/calls/${callId}/submissions`, { method: 'POST', json });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    put: (callId, bytes, { attempt = 1, sha256 = sha256Of(bytes) } = {}) => {
      const headers = { 'x-content-sha256': sha256 };
      return ask(`/internal/calls/${callId}/spool/${attempt}`, { method: 'PUT', bytes, headers });
    },
    close: () => app.close(),
  };
}
