import { setTimeout as delay } from 'node:timers/promises';
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

type CallWorkflow = (call: CallWorkflowInput) => Promise<CallReport | null>;
/** `result()` rejects where the workflow has not ended after a minute and a half. */
export type CallHandle = WorkflowHandle<CallWorkflow>;

const longestWorkflowMs = 90_000;

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
    async start(call) {
      const options = { taskQueue, workflowId: call.callId, args: [call] as [CallWorkflowInput] };
      const handle = await client.workflow.start<CallWorkflow>(`${call.operation}Workflow`, options);
      return { ...handle, result: () => endOf(call.callId, handle.result()) };
    },
    async close() {
      worker.shutdown();
      await running;
      await connection.close();
      await nativeConnection.close();
    },
  };
}

/** A worker that has gone would have all its workflows waited for until Jest gives up. */
async function endOf<Result>(workflowId: string, ended: Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const tooLate = delay(longestWorkflowMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`The workflow ${workflowId} has not ended after ${longestWorkflowMs} ms.`);
  });
  try {
    return await Promise.race([ended, tooLate]);
  } finally {
    late.abort();
    tooLate.catch(() => undefined);
  }
}
