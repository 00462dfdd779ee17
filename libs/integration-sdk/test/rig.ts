import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallWorkflowInput, createId, type OperationLimits } from '@darkroom/contract';
import {
  createGuardedClient,
  createProviderClient,
  createQueryClient,
  encodeBody,
  isOutboundError,
  isProviderRequestError,
  type QueryClient,
} from '@darkroom/platform-http';
import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import type { TestObjectStore } from '@darkroom/testing';
import sharp from 'sharp';
import {
  createLateAnswers,
  createLimiter,
  createLinks,
  createPollBudget,
  createPollSlots,
  createStorageHealth,
  type GuardedHttp,
  type IntegrationContext,
  type Logger,
  openLocalSpool,
  type ProviderHttp,
  type ProviderReply,
  type ProviderResponse,
} from '../src/worker/index.ts';
import { createInMemoryMain, type InMemoryMain } from './in-memory-main.ts';
import { type LocalProvider, startLocalProvider } from './local-provider.ts';

export const secret = 'sk-tiny-very-secret';
/** As many activities run at once in a worker that says nothing else. */
export const temporalSlots = 100;
export type TinyContext = IntegrationContext<{ apiKey: string; url: string }>;

/** A provider, a store and a `main`, and as many workers of the tiny integration as a test wants. */
export interface Rig {
  main: InMemoryMain;
  provider: LocalProvider;
  objectStore: ObjectStore;
  image: Buffer;
  spoolDirectory: string;
  /** What a fresh worker process would build. */
  newContext(more?: Partial<TinyContext>): Promise<TinyContext>;
  accept(
    limits?: Partial<OperationLimits>,
    input?: Record<string, unknown>,
    more?: Partial<CallWorkflowInput>,
  ): CallWorkflowInput;
  close(): Promise<void>;
}

export async function openRig(store: TestObjectStore): Promise<Rig> {
  const image = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const provider = await startLocalProvider(image);
  const spoolDirectory = await mkdtemp(join(tmpdir(), 'darkroom-results-'));
  const objectStore = createObjectStore({ ...store, bucket: await store.createBucket(), objectKeyPrefix: 'artifacts' });
  const guardedClient = createGuardedClient({ allowOrigins: [new URL(provider.url).origin] });
  const main = createInMemoryMain();
  const settings = { apiKey: secret, url: provider.url };
  const queryClient = createQueryClient();
  const budget = createPollBudget({ perSecond: 1_000 });
  const now = () => new Date();

  return {
    main,
    provider,
    objectStore,
    image,
    spoolDirectory,
    newContext: async (more = {}) => ({
      settings,
      settingsOf: (credentialId) => (credentialId === 'tiny:test' ? settings : undefined),
      pollBudgetOf: () => budget,
      pollSlots: createPollSlots({ slots: temporalSlots }),
      links: createLinks({ baseUrl: 'https://darkroom.example', secret: 'a-secret-for-callbacks' }),
      absenceWindowSeconds: 0.3,
      secrets: [secret],
      credentialId: 'tiny:test',
      main,
      objectStore,
      objectKeyPrefix: 'artifacts',
      storageHealth: createStorageHealth({ objectStore, now }),
      providerHttp: providerHttp(queryClient),
      guardedHttp: guardedHttp(guardedClient),
      localSpool: await openLocalSpool(spoolDirectory),
      lateAnswers: createLateAnswers(),
      heavyWork: createLimiter(2),
      largeFiles: createLimiter(2),
      logger: silentLogger,
      now,
      stopping: new AbortController().signal,
      ...more,
    }),
    accept(limits = {}, input = { prompt: 'a lighthouse' }, more = {}) {
      const call: CallWorkflowInput = {
        callId: createId('call'),
        accountId: 'default',
        integration: 'tiny',
        operation: 'draw',
        input,
        limits: { deadlineSeconds: 60, maxSubmissions: 3, maxQueueSeconds: 600, whenOutcomeUnknown: 'fail', ...limits },
        acceptedAt: new Date().toISOString(),
        storageRetrySeconds: 60,
        ...more,
      };
      main.accept(call);
      return call;
    },
    async close() {
      await provider.close();
      await guardedClient.close();
      await queryClient.close();
      objectStore.close();
      await rm(spoolDirectory, { recursive: true, force: true });
    },
  };
}

function providerHttp(queryClient: QueryClient): ProviderHttp {
  const client = createProviderClient();
  return {
    encode: ({ url, headers, ...body }) => ({ url, headers, ...encodeBody(body) }),
    send: (request, options) => toReply(client.send(request, options)),
    query: (query, options) => toReply(queryClient.ask(query, options)),
  };
}

async function toReply(answer: Promise<ProviderResponse>): Promise<ProviderReply> {
  try {
    return { kind: 'answered', response: await answer };
  } catch (error) {
    if (!isProviderRequestError(error)) throw error;
    return { kind: error.stage === 'after_sending' ? 'no_answer' : error.stage, reason: error.message };
  }
}

function guardedHttp(client: ReturnType<typeof createGuardedClient>): GuardedHttp {
  return {
    async download(url, options) {
      try {
        return { kind: 'downloaded', bytes: (await client.download(url, options)).bytes };
      } catch (error) {
        if (!isOutboundError(error)) throw error;
        if (error.code === 'unreachable' || error.code === 'timed_out')
          return { kind: 'unavailable', reason: error.message };
        return { kind: error.status === 404 ? 'missing' : 'refused', reason: error.message };
      }
    },
  };
}

const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
