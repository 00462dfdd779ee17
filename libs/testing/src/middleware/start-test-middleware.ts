import { claimTestDirectory } from './test-directory.ts';
import { startTestObjectStore, type TestObjectStore } from './test-object-store.ts';
import { startTestPostgres, type TestPostgres, type TestPostgresOptions } from './test-postgres.ts';
import { startTestTemporal, type TestTemporal } from './test-temporal.ts';

export interface TestMiddlewareOptions {
  readonly postgres?: boolean | TestPostgresOptions;
  readonly temporal?: boolean;
  readonly objectStore?: boolean;
}

export interface TestMiddleware {
  /** Throws where it was not asked for; so do the other two. */
  readonly postgres: TestPostgres;
  readonly temporal: TestTemporal;
  readonly objectStore: TestObjectStore;
  /** A directory that lives as long as the middleware, for whatever else a test writes. */
  readonly directory: string;
  /** Stops everything and removes all data. */
  stop(): Promise<void>;
}

/** Starts real middleware for a test, on free ports, with data of its own. */
export async function startTestMiddleware(options: TestMiddlewareOptions): Promise<TestMiddleware> {
  const directory = await claimTestDirectory();
  const started = await Promise.allSettled([
    options.postgres
      ? startTestPostgres(directory.path, options.postgres === true ? {} : options.postgres)
      : Promise.resolve(undefined),
    options.temporal ? startTestTemporal(directory.path) : Promise.resolve(undefined),
    options.objectStore ? startTestObjectStore(directory.path) : Promise.resolve(undefined),
  ] as const);
  const stop = async () => {
    const running = started.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
    await Promise.all(running.map((middleware) => middleware.stop()));
    directory.remove();
  };
  const failures = started.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (failures.length > 0) {
    await stop();
    throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'));
  }

  const [postgres, temporal, objectStore] = started.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined,
  );
  return {
    get postgres() {
      return wanted(postgres as TestPostgres | undefined, 'postgres');
    },
    get temporal() {
      return wanted(temporal as TestTemporal | undefined, 'temporal');
    },
    get objectStore() {
      return wanted(objectStore as TestObjectStore | undefined, 'objectStore');
    },
    directory: directory.path,
    stop,
  };
}

function wanted<Middleware>(middleware: Middleware | undefined, name: string): Middleware {
  if (middleware !== undefined) return middleware;
  throw new Error(`This test did not ask for ${name}: call startTestMiddleware({ ${name}: true }).`);
}
