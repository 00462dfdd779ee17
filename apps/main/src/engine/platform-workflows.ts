import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';

/** One of Darkroom's own workflows, which belongs to no provider. */
export interface PlatformWorkflow {
  /** The name under which the worker exports it. */
  type: string;
  workflowId: string;
  /** Whose it is: no account's workflows wait behind all those of another. */
  accountId: string;
  /** What an operator sees of it; no secrets and nothing of what a user wrote. */
  summary: string;
  input: unknown;
  /** Whether it is started again where one with its id has ended. */
  again?: boolean;
}

/** Starts Darkroom's own workflows and tells them something. Every method rejects where the engine gives no answer. */
export interface PlatformWorkflows {
  /** Starts it, unless one with its id runs or, without `again`, was ever started: then it does nothing. */
  start(workflow: PlatformWorkflow): Promise<void>;
  /** `not_found` where there is none with this id that still runs. */
  signal(workflowId: string, signal: string): Promise<'delivered' | 'not_found'>;
  /** Whether there is one with this id that has not ended. */
  isRunning(workflowId: string): Promise<boolean>;
}

const answerMilliseconds = 10_000;

export function createPlatformWorkflows(client: Client, taskQueue: string): PlatformWorkflows {
  const within = <Answer>(ask: () => Promise<Answer>) => client.withDeadline(Date.now() + answerMilliseconds, ask);
  return {
    start: ({ type, workflowId, accountId, summary, input, again = false }) =>
      within(async () => {
        try {
          await client.workflow.start(type, {
            workflowId,
            workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
            workflowIdConflictPolicy: 'USE_EXISTING',
            taskQueue,
            args: [input],
            priority: { fairnessKey: accountId },
            staticSummary: summary,
          });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        }
      }),
    signal: (workflowId, signal) =>
      within(async () => {
        try {
          await client.workflow.getHandle(workflowId).signal(signal);
          return 'delivered';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'not_found';
          throw error;
        }
      }),
    isRunning: (workflowId) =>
      within(async () => {
        try {
          const { status } = await client.workflow.getHandle(workflowId).describe();
          return status.name === 'RUNNING' || status.name === 'PAUSED';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      }),
  };
}
