import { fileURLToPath } from 'node:url';
import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import type { WorkflowBundle } from '@darkroom/platform-temporal';
import type { TestTemporal } from '@darkroom/testing';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { keptBundle } from './kept-bundle.ts';
import { temporalSlots, type TinyContext } from './rig.ts';
import { createActivities } from './tiny/activities.ts';

export const taskQueue = 'tiny-tasks';

export type CallHandle = WorkflowHandle<(call: CallWorkflowInput) => Promise<CallReport | null>>;

/** A worker of the tiny integration on a real Temporal. */
export interface TinyTemporal {
  start(call: CallWorkflowInput): Promise<CallHandle>;
  close(): Promise<void>;
}

export function tinyBundle(): Promise<WorkflowBundle> {
  return keptBundle(fileURLToPath(new URL('./tiny/workflows.ts', import.meta.url)));
}

/** With no slots it runs workflows only. */
export async function runTinyWorker(
  { address, namespace }: TestTemporal,
  context: TinyContext,
  slots = temporalSlots,
): Promise<TinyTemporal> {
  const nativeConnection = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, identity: 'tiny-main' });
  const worker = await Worker.create({
    connection: nativeConnection,
    namespace,
    taskQueue,
    identity: 'tiny-worker',
    ...(slots > 0 && { activities: createActivities(context), maxConcurrentActivityTaskExecutions: slots }),
    workflowBundle: await tinyBundle(),
    shutdownGraceTime: '10 s',
  });
  const running = worker.run();
  return {
    start: (call) =>
      client.workflow.start(`${call.operation}Workflow`, { taskQueue, workflowId: call.callId, args: [call] }),
    async close() {
      worker.shutdown();
      await running;
      await connection.close();
      await nativeConnection.close();
    },
  };
}
