import { join } from 'node:path';
import type { TestMiddleware } from '../middleware/start-test-middleware.ts';

/** What all processes of one stack share. */
export interface StackPlace {
  readonly middleware: TestMiddleware;
  readonly databaseUrl: string;
  readonly bucket: string;
  readonly internalToken: string;
  readonly simulatorUrl: string;
  /** The provider's address as `main` and workers know it. */
  readonly providerOrigin: string;
  /** Private origins that users' and providers' addresses may point at, beside the provider's and that of `main`. */
  readonly allowOrigins: readonly string[];
  /** `''` empties the deny-list, so that the example is on too. */
  readonly denyList: string;
}

const logging = { LOG_LEVEL: 'info', USE_JSON_LOGGING: 'true' };

export function mainEnvironment(
  place: StackPlace,
  ports: { public: number; internal: number },
): Record<string, string> {
  return {
    ...logging,
    ...sharedEnvironment(place, `http://127.0.0.1:${ports.public}`),
    TOKEN_SECRET: place.internalToken,
    DATABASE_URL: place.databaseUrl,
    HOST: '127.0.0.1',
    PORT: String(ports.public),
    PUBLIC_BASE_URL: `http://127.0.0.1:${ports.public}`,
    INTERNAL_HOST: '127.0.0.1',
    INTERNAL_PORT: String(ports.internal),
    TEMP_DIR: join(place.middleware.directory, `main-${ports.public}`, 'temp'),
  };
}

export function communicationEnvironment(
  place: StackPlace,
  given: { ports: { public: number; internal: number }; mainUrl: string; mainInternalUrl: string },
): Record<string, string> {
  return {
    ...logging,
    NODE_ENV: 'test',
    INTERNAL_TOKEN: place.internalToken,
    TOKEN_SECRET: place.internalToken,
    MAIN_INTERNAL_URL: given.mainInternalUrl,
    PUBLIC_BASE_URL: given.mainUrl,
    COMMUNICATION_HOST: '127.0.0.1',
    COMMUNICATION_PORT: String(given.ports.public),
    COMMUNICATION_INTERNAL_HOST: '127.0.0.1',
    COMMUNICATION_INTERNAL_PORT: String(given.ports.internal),
  };
}

export function workerEnvironment(
  place: StackPlace,
  given: { name: string; port: number; mainUrl: string; mainInternalUrl: string },
): Record<string, string> {
  const directory = join(place.middleware.directory, given.name);
  return {
    ...logging,
    ...sharedEnvironment(place, given.mainUrl),
    MAIN_INTERNAL_URL: given.mainInternalUrl,
    PUBLIC_BASE_URL: given.mainUrl,
    WORKER_HOST: '127.0.0.1',
    WORKER_PORT: String(given.port),
    RESULTS_DIR: join(directory, 'results'),
    TEMP_DIR: join(directory, 'temp'),
  };
}

function sharedEnvironment(place: StackPlace, mainUrl: string): Record<string, string> {
  const { middleware, bucket, internalToken, simulatorUrl, providerOrigin, allowOrigins, denyList } = place;
  const { temporal, objectStore } = middleware;
  return {
    NODE_ENV: 'test',
    TEMPORAL_HOST: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    S3_ENDPOINT: objectStore.endpoint,
    S3_REGION: objectStore.region,
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: objectStore.accessKeyId,
    S3_SECRET_ACCESS_KEY: objectStore.secretAccessKey,
    S3_OBJECT_KEY_PREFIX: 'artifacts',
    INTERNAL_TOKEN: internalToken,
    CALLBACK_SECRET: internalToken,
    MOCK_EXTERNAL_APIS: 'true',
    SIMULATOR_URL: simulatorUrl,
    // The provider calls `main` back, which is a private address too.
    OUTBOUND_ALLOW_ORIGINS: [providerOrigin, mainUrl, ...allowOrigins].join(','),
    INTEGRATIONS_DENY_LIST: denyList,
    // Not all that are installed: each takes a worker some seconds to start. A test names those that it needs.
    ENABLED_INTEGRATIONS: denyList === '' ? 'example,nanobanana2' : 'nanobanana2',
  };
}
