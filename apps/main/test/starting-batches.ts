import type { WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import { acceptBatch } from '../src/batches/accept-batch.ts';
import { startBatchStarter } from '../src/batches/batch-starter.ts';
import { createPlatformWorkflows } from '../src/engine/platform-workflows.ts';
import { batchOf } from './batch-bodies.ts';
import type { BesideTemporalOfFile } from './set-up-beside-temporal.ts';
import { until } from './until.ts';

/** What tests do with the starter of batches. */
export interface StartingBatches {
  /** A batch of one call. */
  accept(beginsAt?: Date): Promise<string>;
  /** Starts a starter, which is stopped after the test. */
  start(): void;
  workflow(batchId: string): WorkflowHandle;
  untilRunning(batchId: string, otherThan?: string): Promise<WorkflowExecutionDescription | undefined>;
}

export function startingBatches(main: BesideTemporalOfFile): StartingBatches {
  const workflow = (batchId: string) => main.temporal.client.workflow.getHandle(batchId);
  return {
    async accept(beginsAt) {
      const accepting = { ...main.changing, simulated: true, wakeBatchStarter: () => undefined };
      return (await acceptBatch(accepting, 'default', batchOf({ calls: 1, beginsAt }))).id;
    },
    start() {
      const { database, engineWatch, changing, temporal } = main;
      const { logger } = changing;
      const platformWorkflows = createPlatformWorkflows(temporal.client, 'platform-test');
      const starter = startBatchStarter({ database, platformWorkflows, engineWatch, logger, sweepMilliseconds: 50 });
      main.endLater(() => starter.stop());
    },
    workflow,
    untilRunning: (batchId, otherThan) =>
      until(
        () =>
          workflow(batchId)
            .describe()
            .catch(() => undefined),
        (seen) => seen?.status.name === 'RUNNING' && seen.runId !== otherThan,
      ),
  };
}
