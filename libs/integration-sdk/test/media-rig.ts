import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@darkroom/contract';
import { createGuardedClient, isOutboundError } from '@darkroom/platform-http';
import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import type { TestObjectStore } from '@darkroom/testing';
import type { CallWork } from '../src/worker/call-work.ts';
import {
  createLimiter,
  createLinks,
  createStorageHealth,
  type GuardedHttp,
  type Links,
  type Logger,
  type MainClient,
  openLocalSpool,
} from '../src/worker/index.ts';

/** What one execution works with, as far as files of inputs and results go: a real store, and files on a local server. */
export interface MediaRig {
  work(more?: Partial<MediaParts>): CallWork;
  objectStore: ObjectStore;
  spoolDirectory: string;
  /** The files that the server has, by name; asked for another one, it answers 410. */
  files: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  requests: IncomingMessage[];
  warnings: string[];
  urlOf(name: string): string;
  close(): Promise<void>;
}

export interface MediaParts {
  callId: string;
  mediaFields: CallWork['operation']['mediaFields'];
  links: Links;
  guardedHttp: GuardedHttp;
  findArtifact: MainClient['findArtifact'];
}

export const serving = (bytes: Uint8Array) => (_request: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(200, { 'content-length': bytes.byteLength }).end(bytes);

export const videoFixture = (name: string) => readFile(join(import.meta.dirname, '__fixtures__/videos', name));

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export async function openMediaRig(store: TestObjectStore): Promise<MediaRig> {
  const files: MediaRig['files'] = new Map();
  const requests: IncomingMessage[] = [];
  const warnings: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = files.get((request.url ?? '').slice(1));
    if (answer) answer(request, response);
    else response.writeHead(410).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const objectStore = createObjectStore({ ...store, bucket: await store.createBucket(), objectKeyPrefix: 'artifacts' });
  const client = createGuardedClient({ allowOrigins: [origin] });
  const spoolDirectory = await mkdtemp(join(tmpdir(), 'darkroom-results-'));
  const localSpool = await openLocalSpool(spoolDirectory);
  const now = () => new Date();
  const ownCallId = createId('call');

  return {
    objectStore,
    spoolDirectory,
    files,
    requests,
    warnings,
    urlOf: (name) => `${origin}/${name}`,
    work: ({ callId = ownCallId, mediaFields = {}, links, guardedHttp, findArtifact } = {}) =>
      ({
        attempt: 1,
        call: { callId, accountId: 'default', limits: { deadlineSeconds: 60 } },
        operation: { mediaFields },
        context: {
          objectStore,
          objectKeyPrefix: 'artifacts',
          storageHealth: createStorageHealth({ objectStore, now }),
          guardedHttp: guardedHttp ?? toGuardedHttp(client),
          localSpool,
          main: { findArtifact },
          links: links ?? createLinks({ baseUrl: undefined, secret: 'secret' }),
          heavyWork: createLimiter(2),
          largeFiles: createLimiter(2),
          now,
        },
        logger: recording(warnings),
      }) as unknown as CallWork,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await client.close();
      objectStore.close();
      await rm(spoolDirectory, { recursive: true, force: true });
    },
  };
}

function toGuardedHttp(client: ReturnType<typeof createGuardedClient>): GuardedHttp {
  return {
    async download(url, options) {
      try {
        return { kind: 'downloaded', bytes: (await client.download(url, options)).bytes };
      } catch (error) {
        if (!isOutboundError(error)) throw error;
        if (error.code === 'unreachable' || error.status === 503) return { kind: 'unavailable', reason: error.message };
        return { kind: error.status === 410 ? 'gone' : 'refused', reason: error.message };
      }
    },
  };
}

function recording(warnings: string[]): Logger {
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_fields, message) => void warnings.push(message),
    error: (_fields, message) => void warnings.push(message),
    child: () => logger,
  };
  return logger;
}
