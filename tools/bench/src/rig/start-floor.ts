import { join } from 'node:path';
import { findFreePort, type Stack, type TestService } from '@darkroom/testing';
import { startReadyService } from './start-ready-service.ts';

export interface Floor {
  readonly api: TestService;
  readonly worker: TestService;
  stop(): Promise<void>;
}

/** Starts the floor's two processes on the same servers as Darkroom's, with a database and a bucket of their own. */
export async function startFloor({ middleware, main, simulator }: Stack): Promise<Floor> {
  const shared = Object.fromEntries(Object.entries(main.environment).filter(([name]) => /^(TEMPORAL|S3)_/.test(name)));
  const env = {
    ...shared,
    NODE_ENV: main.environment['NODE_ENV'] ?? 'test',
    S3_BUCKET: await middleware.objectStore.createBucket(),
    DATABASE_URL: await middleware.postgres.createDatabase(),
    SIMULATOR_URL: simulator.url,
    FLOOR_CACHE_DIR: join(middleware.directory, 'floor-bundles'),
  };
  const start = async (name: string, entry: string) => {
    const port = await findFreePort();
    const service = await startReadyService({ name, entry, env: { ...env, PORT: String(port) }, port });
    started.push(service);
    return service;
  };
  const started: TestService[] = [];
  const stop = async () => void (await Promise.all(started.map((service) => service.stop())));

  try {
    const api = await start('floor-api', 'tools/bench/src/floor/api.ts');
    const worker = await start('floor-worker', 'tools/bench/src/floor/worker.ts');
    return { api, worker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
