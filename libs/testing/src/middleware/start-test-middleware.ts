import { borrowObjectStore, borrowPostgres, borrowTemporal, type Borrowed } from '../keeper/borrow-middleware.ts';
import { claimTestDirectory } from './test-directory.ts';
import { startTestObjectStore, type TestObjectStore } from './test-object-store.ts';
import { startTestPostgres, type TestPostgres, type TestPostgresOptions } from './test-postgres.ts';
import { startTestTemporal, type TestTemporal, type TestTemporalOptions } from './test-temporal.ts';

/**
 * Which middleware a test needs. `'shared'`: the one of the whole Jest run, which is there at once, holds databases, buckets and a namespace
 * of the test file's own, and can be neither stopped nor killed. The project's jest.config.mjs offers it with `sharedMiddleware`.
 */
export interface TestMiddlewareOptions {
  readonly postgres?: boolean | 'shared' | TestPostgresOptions;
  readonly temporal?: boolean | 'shared' | TestTemporalOptions;
  readonly objectStore?: boolean | 'shared';
}

export interface TestMiddleware {
  /** Throws where it was not asked for; so do the other two. */
  readonly postgres: TestPostgres;
  readonly temporal: TestTemporal;
  readonly objectStore: TestObjectStore;
  /** A directory that lives as long as the middleware, for whatever else a test writes. */
  readonly directory: string;
  /** Stops everything and removes all data. Of what is shared, it removes the databases, and rejects where one is still in use. */
  stop(): Promise<void>;
}

/** Starts real middleware for a test, on free ports, with data of its own. */
export async function startTestMiddleware(options: TestMiddlewareOptions): Promise<TestMiddleware> {
  const directory = await claimTestDirectory();
  const { path } = directory;
  const { postgres: postgresOptions, temporal: temporalOptions } = options;
  const started = await Promise.allSettled([
    had(postgresOptions, borrowPostgres, async () => {
      const postgres = await startTestPostgres(path, typeof postgresOptions === 'object' ? postgresOptions : {});
      return { middleware: postgres, giveBack: postgres.stop };
    }),
    had(temporalOptions, borrowTemporal, async () => {
      const temporal = await startTestTemporal(path, typeof temporalOptions === 'object' ? temporalOptions : {});
      // It takes seconds to say goodbye, for the sake of data that are removed at once.
      return { middleware: temporal, giveBack: temporal.kill };
    }),
    had(options.objectStore, borrowObjectStore, async () => {
      const objectStore = await startTestObjectStore(path);
      return { middleware: objectStore, giveBack: objectStore.stop };
    }),
  ] as const);
  const stop = async () => {
    const running = started.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
    await Promise.all(running.map(({ giveBack }) => giveBack())).finally(directory.remove);
  };
  const failures = started.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (failures.length > 0) {
    await stop();
    throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'));
  }

  const [postgres, temporal, objectStore] = started;
  return {
    get postgres() {
      return wanted(postgres, 'postgres');
    },
    get temporal() {
      return wanted(temporal, 'temporal');
    },
    get objectStore() {
      return wanted(objectStore, 'objectStore');
    },
    directory: path,
    stop,
  };
}

/** A middleware as it was asked for, if it was. */
async function had<Middleware>(
  options: boolean | object | 'shared' | undefined,
  borrow: () => Promise<Borrowed<Middleware>>,
  start: () => Promise<Borrowed<Middleware>>,
): Promise<Borrowed<Middleware> | undefined> {
  if (options === undefined || options === false) return undefined;
  return options === 'shared' ? borrow() : start();
}

function wanted<Middleware>(result: PromiseSettledResult<Borrowed<Middleware> | undefined>, name: string): Middleware {
  if (result.status === 'fulfilled' && result.value !== undefined) return result.value.middleware;
  throw new Error(`This test did not ask for ${name}: call startTestMiddleware({ ${name}: true }).`);
}
