import { callSignals } from '@darkroom/contract';
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { Engine, WorkflowLook } from './engine.ts';

const answerMilliseconds = 10_000;
const probeMilliseconds = 2_000;
/** Somebody waits for it: a person who asks for a look, a provider that calls back. */
const signalMilliseconds = 3_000;

/** Temporal as the engine. The workflow's id is the call's id. */
export function createTemporalEngine(client: Client): Engine {
  const within = <Answer>(milliseconds: number, ask: () => Promise<Answer>) =>
    client.withDeadline(Date.now() + milliseconds, ask);
  const describe = (callId: string) => client.workflow.getHandle(callId).describe();

  return {
    start: ({ type, taskQueue, input }) =>
      within(answerMilliseconds, async () => {
        try {
          const handle = await client.workflow.start(type, {
            workflowId: input.callId,
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            workflowIdConflictPolicy: 'USE_EXISTING',
            taskQueue,
            args: [input],
            priority: { fairnessKey: input.accountId },
            memo: { callId: input.callId, integration: input.integration, operation: input.operation },
            staticSummary: `${input.integration}/${input.operation} ${input.callId}`,
          });
          return { runId: handle.firstExecutionRunId };
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          return { runId: (await describe(input.callId)).runId };
        }
      }),

    look: (callId, { withinMilliseconds } = { withinMilliseconds: answerMilliseconds }) =>
      within(withinMilliseconds, async () => {
        try {
          return toLook(await describe(callId));
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return { kind: 'not_found' };
          throw error;
        }
      }),

    result: (callId, runId) => within(answerMilliseconds, () => client.workflow.getHandle(callId, runId).result()),

    terminate: (callId, { runId, reason }) =>
      within(answerMilliseconds, async () => {
        try {
          await client.workflow.getHandle(callId, runId).terminate(reason);
          return true;
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      }),

    signal: (callId, signal, ...payload) =>
      within(signalMilliseconds, async () => {
        try {
          await client.workflow.getHandle(callId).signal(callSignals[signal], ...payload);
          return 'delivered';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'not_found';
          throw error;
        }
      }),

    retentionSeconds: () =>
      within(probeMilliseconds, async () => {
        const { config } = await client.workflowService.describeNamespace({ namespace: client.options.namespace });
        const retention = config?.workflowExecutionRetentionTtl?.seconds;
        if (retention === null || retention === undefined)
          throw new Error('Temporal did not say how long the namespace keeps ended workflows.');
        return Number(retention);
      }),
  };
}

function toLook({ status: { name }, runId, raw }: WorkflowExecutionDescription): WorkflowLook {
  if (name === 'COMPLETED') return { kind: 'completed', runId };
  if (!stillRunning.has(name)) return { kind: 'ended', runId, how: name.toLowerCase().replaceAll('_', ' ') };
  const heartbeats = (raw.pendingActivities ?? []).map(
    ({ lastHeartbeatTime }) => Number(lastHeartbeatTime?.seconds ?? 0) * 1000,
  );
  const last = Math.max(0, ...heartbeats);
  return last === 0 ? { kind: 'running', runId } : { kind: 'running', runId, lastHeartbeatAt: new Date(last) };
}

const stillRunning: ReadonlySet<string> = new Set(['RUNNING', 'PAUSED', 'UNSPECIFIED', 'UNKNOWN', 'CONTINUED_AS_NEW']);
