import { fileURLToPath } from 'node:url';
import { openTemporaryFiles } from '@darkroom/platform-files';
import {
  bundleWorkflows,
  connectClient,
  connectWorker,
  type TemporalClient,
  type WorkflowBundle,
} from '@darkroom/platform-temporal';
import { sharedTemporaryDirectory, type TestTemporal } from '@darkroom/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../src/integrations/load-worker-side.ts';

const taskQueue = 'platform-test';

/** A Worker of Darkroom's own workflows on a real Temporal, with a test's activities. */
export interface PlatformWorker {
  temporal: TemporalClient;
  taskQueue: string;
  close(): Promise<void>;
}

/** The bundle of Darkroom's own workflows, kept between test files. */
export async function platformBundle(): Promise<WorkflowBundle> {
  const workflowsPath = fileURLToPath(new URL('../src/platform/workflows/index.ts', import.meta.url));
  const temporaryFiles = await openTemporaryFiles(sharedTemporaryDirectory);
  try {
    return await bundleWorkflows({ workflowsPath, temporaryFiles });
  } finally {
    await temporaryFiles.close();
  }
}

export function quietRuntime(): void {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
}

export async function runPlatformWorker(
  { address, namespace }: TestTemporal,
  activities: Activities,
): Promise<PlatformWorker> {
  const connection = await connectWorker({ address });
  const temporal = connectClient({ address, namespace, identity: 'test' });
  const workflowBundle = await platformBundle();
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    identity: 'test',
    activities,
    workflowBundle,
  });
  const running = worker.run();
  return {
    temporal,
    taskQueue,
    async close() {
      worker.shutdown();
      await running;
      await temporal.close();
      await connection.close();
    },
  };
}
