import type { Call, CallEvent, Problem } from '@darkroom/contract';
import { definition as example } from '@darkroom/integrations-example';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { createLogger } from '@darkroom/platform-logging';
import { createDatabase, createPool, migrate, type Pool } from '@darkroom/platform-postgres';
import type { Kysely } from 'kysely';
import { createApiKeyRing } from '../src/access/api-key-ring.ts';
import { createKeyFingerprints } from '../src/access/key-fingerprints.ts';
import { saveAccounts } from '../src/access/save-accounts.ts';
import { type AppDependencies, buildApp } from '../src/app.ts';
import { createBatchNews } from '../src/batches/batch-news.ts';
import { changeCall } from '../src/calls/change-call.ts';
import type { NewEvent } from '../src/calls/new-event.ts';
import { migrations } from '../src/database/migrations/index.ts';
import type { Database } from '../src/database/schema.ts';
import { createEventBus, type EventBus } from '../src/events/event-bus.ts';
import { createIntegrationCatalog } from '../src/integrations/integration-catalog.ts';
import { createRequestCatalog } from '../src/requests/request-catalog.ts';
import { createMetrics } from '../src/metrics/create-metrics.ts';
import { createWebhookKeys } from '../src/notifications/webhook-keys.ts';
import { createSessions } from '../src/sessions/sessions.ts';
import { connectTasks } from '../src/tasks/declared-tasks.ts';
import { createStreamTokenSigner } from '../src/tokens/sign-stream-token.ts';

/** Two accounts, each with its key. */
export const testKeys = { alpha: 'key-of-alpha', beta: 'key-of-beta' };

/** The same, as configured. */
export const configuredKeys = Object.entries(testKeys).map(([accountId, key]) => ({ accountId, key }));

/** What stream tokens are signed with, and how long they and sessions last. */
export const testTokens = { secret: 'a-secret-for-tokens-of-tests', tokenSeconds: 300, sessionSeconds: 3600 };

/** What callback addresses are signed with. */
export const testCallbackSecret = 'a-secret-of-thirty-two-characters';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface RequestOptions {
  method?: string;
  account?: keyof typeof testKeys;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  text?: string | Buffer<ArrayBuffer>;
  signal?: AbortSignal;
}

/** One connection of the pool. */
export interface Session {
  query: (text: string, values?: unknown[]) => Promise<unknown>;
}

/** The public API on a real port and a real database. */
export interface PublicApi {
  url: string;
  port: number;
  pool: Pool;
  database: Kysely<Database>;
  eventBus: EventBus;
  open(path: string, options?: RequestOptions): Promise<Response>;
  request<Body = unknown>(path: string, options?: RequestOptions): Promise<Answer<Body>>;
  submit(options?: RequestOptions): Promise<Answer<Call>>;
  refused(options: RequestOptions & { path?: string }): Promise<Answer<Problem>>;
  events(path: string, options?: RequestOptions): Promise<CallEvent[]>;
  /** Changes a call as a worker's report would; `silently` as another process would whose news were lost. */
  change(callId: string, events: NewEvent[], options?: { silently?: boolean }): Promise<void>;
  countRows(table: 'batches' | 'calls' | 'events' | 'idempotency_keys' | 'uploads'): Promise<number>;
  /** How many wait for news of an account. */
  countSubscriptions(): number;
  /** Statements on one connection, which is closed afterwards: whatever is not committed then is rolled back. */
  inSession<Result>(run: (session: Session) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** A body that `POST /v1/calls` accepts. */
export const goodBody = {
  integration: 'nanobanana2',
  operation: 'text-to-image',
  input: { prompt: 'a lighthouse at dawn' },
};

export async function startPublicApi(
  connectionString: string,
  overrides: Partial<AppDependencies> = {},
): Promise<PublicApi> {
  const pool = createPool({ connectionString, max: 20, applicationName: 'test', onConnectionLost: () => undefined });
  const database = createDatabase<Database>(pool);
  await migrate(database, migrations);
  await saveAccounts(database, ['default', ...Object.keys(testKeys)]);
  const logger = createLogger({ service: 'main', level: 'silent', json: true });
  const { eventBus, countSubscriptions } = countingBus(overrides.eventBus ?? createEventBus());
  const metrics = createMetrics({ database, logger });
  const definitions = [example, nanobanana2];
  const catalog = createIntegrationCatalog({ definitions, enabled: [nanobanana2], overrules: {} });
  const tasks = overrides.tasks ?? (await connectTasks({ definitions, enabled: [nanobanana2], temporal: nowhere }));
  const app = await buildApp({
    publicBaseUrl: undefined,
    access: {
      accountOfKey: createApiKeyRing(configuredKeys),
      requiresKey: true,
    },
    sessions: createSessions({
      pool,
      keyFingerprints: createKeyFingerprints(configuredKeys, testTokens.secret),
      seconds: testTokens.sessionSeconds,
    }),
    sessionSeconds: testTokens.sessionSeconds,
    signStreamToken: createStreamTokenSigner(testTokens.secret, testTokens.tokenSeconds),
    streamUrl: 'http://localhost:3001/v1/stream',
    pageDirectory: undefined,
    workflowsUrl: undefined,
    catalog,
    requestCatalog: createRequestCatalog({
      catalog,
      providers: { image: 'nanobanana2', video: undefined },
      simulated: false,
    }),
    allowOrigins: [],
    simulated: true,
    pool,
    database,
    objectStore: {
      presignDownload: withoutObjectStore,
      putIfAbsent: withoutObjectStore,
      put: withoutObjectStore,
      delete: withoutObjectStore,
      stream: withoutObjectStore,
      get: withoutObjectStore,
      head: withoutObjectStore,
    },
    objectKeyPrefix: 'test',
    maxUploadBytes: 200 * 1024 * 1024,
    maxEventLoopDelayMs: 0,
    callbackSecret: testCallbackSecret,
    callbackReceivers: new Map(),
    metrics: metrics.calls,
    engine: { signal: () => Promise.resolve('not_found') },
    batchNews: createBatchNews(eventBus, pool),
    wakeBatchStarter: () => undefined,
    wakeDispatcher: () => undefined,
    wakeCanceller: () => undefined,
    sendsEmail: true,
    webhookKeys: createWebhookKeys(testCallbackSecret),
    noteSubscription: () => undefined,
    wakeDeliveries: () => undefined,
    noteRead: () => undefined,
    readinessChecks: { postgres: () => pool.query('select 1') },
    logger,
    ...overrides,
    tasks,
    eventBus,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const open: PublicApi['open'] = (path, { method = 'GET', account = 'alpha', headers, body, text, signal } = {}) =>
    fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${testKeys[account]}`,
        ...((body ?? text) !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...((body ?? text) !== undefined && { body: text ?? JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  const request = async <Body>(path: string, options: RequestOptions = {}): Promise<Answer<Body>> => {
    const response = await open(path, options);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  };

  return {
    url,
    port: Number(new URL(url).port),
    pool,
    database,
    eventBus,
    open,
    request,
    submit: (options = {}) => request<Call>('/v1/calls', { method: 'POST', body: goodBody, ...options }),
    refused: ({ path = '/v1/calls', ...options }) => request<Problem>(path, { method: 'POST', ...options }),
    events: async (path, options) => (await request<{ items: CallEvent[] }>(path, options)).body.items,
    async change(callId, events, { silently = false } = {}) {
      const published = silently ? () => undefined : eventBus.published;
      await changeCall({ database, eventBus: { published }, metrics: metrics.calls, logger }, callId, () =>
        Promise.resolve({ answer: true, events }),
      );
    },
    async countRows(table) {
      const { count } = await database
        .selectFrom(table)
        .select((count) => count.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    countSubscriptions,
    async inSession(run) {
      const session = await pool.connect();
      try {
        return await run(session);
      } finally {
        // What comes next is not to wait for a connection that is still being closed.
        await session.query('rollback').finally(() => session.release(true));
      }
    },
    async close() {
      await app.close();
      await tasks.stop();
      await database.destroy();
    },
  };
}

/** A client connects with its first call. */
const nowhere = { address: '127.0.0.1:1', namespace: 'default' };
const withoutObjectStore = () => Promise.reject(new Error('This test has no object store.'));

function countingBus(bus: EventBus): { eventBus: EventBus; countSubscriptions: () => number } {
  let count = 0;
  const subscribe: EventBus['subscribe'] = (accountId, listener) => {
    const unsubscribe = bus.subscribe(accountId, listener);
    count += 1;
    return () => {
      count -= 1;
      unsubscribe();
    };
  };
  return { eventBus: { ...bus, subscribe }, countSubscriptions: () => count };
}

/** The events that take a call from acceptance to its end. */
export function courseOf(callId: string): { processing: NewEvent; completed: NewEvent } {
  return {
    processing: { type: 'call.processing', data: { workflowId: callId, runId: 'run' } },
    completed: { type: 'call.completed', data: { output: { images: [] } } },
  };
}
