import type { Client } from '@temporalio/client';

/** A workflow that has ended, as Temporal still remembers it. */
export interface ClosedWorkflow {
  workflowId: string;
  runId: string;
  workflowType: string;
  /** Of its history. */
  bytes: number;
}

/** What Temporal remembers of workflows that have ended. Every method rejects where it gives no answer. */
export interface ClosedWorkflows {
  /** A page of those that closed before a time on one of the queues, and the token of the next page; null at the end. */
  list(page: {
    closedBefore: Date;
    token: string | null;
  }): Promise<{ workflows: ClosedWorkflow[]; token: string | null }>;
  /** Answers false where it was gone already. */
  delete(workflow: ClosedWorkflow): Promise<boolean>;
}

const answerMilliseconds = 10_000;
const pageSize = 100;
const notFound = 5;

export function createClosedWorkflows(client: Client, taskQueues: readonly string[]): ClosedWorkflows {
  const { namespace } = client.options;
  const within = <Answer>(ask: () => Promise<Answer>) => client.withDeadline(Date.now() + answerMilliseconds, ask);
  const queues = taskQueues.map((queue) => `'${queue.replaceAll("'", "''")}'`).join(', ');
  return {
    list: ({ closedBefore, token }) =>
      within(async () => {
        const { executions, nextPageToken } = await client.workflowService.listWorkflowExecutions({
          namespace,
          pageSize,
          query: `ExecutionStatus != 'Running' AND CloseTime < '${closedBefore.toISOString()}' AND TaskQueue IN (${queues})`,
          ...(token !== null && { nextPageToken: Buffer.from(token, 'base64') }),
        });
        const workflows = (executions ?? []).flatMap(({ execution, type, historySizeBytes }) =>
          execution?.workflowId && execution.runId
            ? [
                {
                  workflowId: execution.workflowId,
                  runId: execution.runId,
                  workflowType: type?.name ?? '',
                  bytes: Number(historySizeBytes ?? 0),
                },
              ]
            : [],
        );
        const next = Buffer.from(nextPageToken ?? []).toString('base64');
        return { workflows, token: next === '' ? null : next };
      }),
    delete: ({ workflowId, runId }) =>
      within(async () => {
        try {
          await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } });
          return true;
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === notFound) return false;
          throw error;
        }
      }),
  };
}
