import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { bundleWorkflows, connectWorker } from '@darkroom/platform-temporal';
import type { TestTemporal } from '@darkroom/testing';
import { Context } from '@temporalio/activity';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';

export interface TestWorker {
  taskQueue: string;
  stop(): Promise<void>;
}

const beatMilliseconds = 100;

/** Runs the workflows of `test/workflows` in this process. */
export async function startTestWorker({ address, namespace }: TestTemporal): Promise<TestWorker> {
  // Their workflow tasks fail on purpose, and each failure would be logged.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const directory = await mkdtemp(join(tmpdir(), 'darkroom-bundle-'));
  const temporaryFiles = await openTemporaryFiles(directory);
  const workflowsPath = join(import.meta.dirname, 'workflows/index.ts');
  const workflowBundle = await bundleWorkflows({ workflowsPath, temporaryFiles });
  const connection = await connectWorker({ address });
  const taskQueue = 'queue-with-a-worker';
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle, activities: { poll } });
  const running = worker.run();
  return {
    taskQueue,
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
      await temporaryFiles.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Looks at a provider whose task takes for ever. */
async function poll(): Promise<void> {
  for (;;) {
    Context.current().heartbeat();
    await Context.current().sleep(beatMilliseconds);
  }
}
