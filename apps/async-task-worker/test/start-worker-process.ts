import { findFreePort, startService, type TestService } from '@darkroom/testing';

/** Starts a worker process of a test's own on a free port, and waits for nothing. It gets this environment and no other. */
export async function startWorkerProcess(environment: Readonly<Record<string, string>>): Promise<TestService> {
  const port = await findFreePort();
  return startService({
    name: `another-${port}`,
    entry: 'apps/async-task-worker/src/worker.ts',
    env: { ...environment, WORKER_PORT: String(port) },
    port,
  });
}
