import type { IntegrationDefinition, TaskDefinition } from '@darkroom/integration-sdk';
import { AsyncTaskComponent, referToTask, type TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { ProblemError } from '../problems/problem-error.ts';

/** An asynchronous task that accounts may submit. */
export interface DeclaredTask {
  name: string;
  params: TaskDefinition['params'];
  task: TemporalAsyncTask<unknown, unknown>;
}

/** The asynchronous tasks that integrations declare, connected to Temporal. */
export interface DeclaredTasks {
  /** Throws a ProblemError that names what there is, or how to enable it. */
  find(name: string): DeclaredTask;
  /** On which they are queued, each once. */
  readonly taskQueues: readonly string[];
  /** Asks Temporal about tasks. Throws a ProblemError with this advice where it does not answer within seconds. */
  ask<Answer>(ask: () => Promise<Answer>, advice: string): Promise<Answer>;
  stop(): Promise<void>;
}

interface ConnectOptions {
  definitions: readonly Pick<IntegrationDefinition, 'name' | 'tasks'>[];
  enabled: readonly Pick<IntegrationDefinition, 'name' | 'tasks'>[];
  temporal: { address: string; namespace: string };
}

/** Somebody waits for it. */
const answerMilliseconds = 3_000;
const retryAfterSeconds = 5;

/** Connects the tasks of the enabled integrations, which run in their workers. Temporal may be away. */
export async function connectTasks({ definitions, enabled, temporal }: ConnectOptions): Promise<DeclaredTasks> {
  const { address: temporalAddress, namespace } = temporal;
  const identity = `main/${process.pid}/async-tasks`;
  const component = new AsyncTaskComponent({ temporalAddress, namespace, identity });
  const declared = enabled.flatMap((integration) =>
    Object.entries(integration.tasks).map(([name, { params }]): DeclaredTask => {
      return { name, params, task: referToTask(integration, name) };
    }),
  );
  component.registerAll(declared.map(({ task }) => task));
  await component.connect();

  return {
    taskQueues: [...new Set(declared.map(({ task }) => task.taskQueue))],
    find(name) {
      const found = declared.find((one) => one.name === name);
      if (found !== undefined) return found;
      const owner = definitions.find(({ tasks }) => Object.hasOwn(tasks, name));
      throw owner === undefined ? unknownTask(declared.map((one) => one.name)) : disabledTask(name, owner.name);
    },
    async ask(ask, advice) {
      try {
        return await component.getClient().withDeadline(Date.now() + answerMilliseconds, ask);
      } catch (cause) {
        if (!(cause instanceof ServiceError) && !isGrpcServiceError(cause)) throw cause;
        throw new ProblemError('engine_unavailable', advice, { retryAfterSeconds, cause });
      }
    },
    stop: () => component.stop(),
  };
}

function unknownTask(names: readonly string[]): ProblemError {
  const known = names.length === 0 ? '(none)' : names.join(', ');
  return new ProblemError('unknown_task', `Use one of: ${known}. GET /v1/integrations describes them.`);
}

function disabledTask(name: string, integration: string): ProblemError {
  return new ProblemError(
    'integration_disabled',
    `The task "${name}" is one of "${integration}": add that to ENABLED_INTEGRATIONS and restart main and the worker.`,
  );
}
