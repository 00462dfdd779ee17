import { fileURLToPath } from 'node:url';
import type { AnyAsyncTask } from '@darkroom/integration-sdk/tasks';
import type { IntegrationContext } from '@darkroom/integration-sdk/worker';
import type { ConfiguredIntegration } from './read-worker-config.ts';

export type Activities = Record<string, (...input: never[]) => Promise<unknown>>;

/** An integration's code for the worker: its activities, and where its workflows are. */
export interface WorkerSide {
  createActivities: (context: IntegrationContext) => Activities;
  /** Its asynchronous tasks, where it has some. */
  createAsyncTasks: (context: IntegrationContext) => readonly AnyAsyncTask[];
  workflowsPath: string;
}

/** Loads the worker's doors of a package. One that fails to load, or lacks what its definition promises, is an error that names it. */
export async function loadWorkerSide({ packageName, definition }: ConfiguredIntegration): Promise<WorkerSide> {
  const worker = await load(packageName, 'worker');
  const workflows = await load(packageName, 'workflows');
  const { createActivities, createAsyncTasks = () => [] } = worker;
  if (typeof createActivities !== 'function') {
    throw new Error(`${packageName}/worker must export the function createActivities(context).`);
  }
  if (typeof createAsyncTasks !== 'function') {
    throw new Error(`${packageName}/worker exports createAsyncTasks, which must be a function of the context.`);
  }
  for (const [operation, { workflow }] of Object.entries(definition.operations)) {
    if (typeof workflows[workflow] === 'function') continue;
    throw new Error(`${packageName}/workflows must export "${workflow}": its operation "${operation}" names it.`);
  }
  return {
    createActivities: createActivities as WorkerSide['createActivities'],
    createAsyncTasks: createAsyncTasks as WorkerSide['createAsyncTasks'],
    workflowsPath: fileURLToPath(import.meta.resolve(`${packageName}/workflows`)),
  };
}

async function load(packageName: string, door: string): Promise<Record<string, unknown>> {
  try {
    return (await import(`${packageName}/${door}`)) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The integration package ${packageName} failed to load its door "${door}": ${reason}`, { cause });
  }
}
