import type { AnyAsyncTask } from '@darkroom/integration-sdk/tasks';
import type { EquippedIntegration } from './create-worker-tasks.ts';

/** The tasks that an integration's createAsyncTasks gives. Anything else that it gives is an error that names its package. */
export function readOfferedTasks({
  packageName,
  side,
  context,
}: Pick<EquippedIntegration, 'packageName' | 'side' | 'context'>): readonly AnyAsyncTask[] {
  const offered: unknown = side.createAsyncTasks(context);
  if (!Array.isArray(offered) || !offered.every(isTask)) {
    throw new Error(`${packageName}/worker: createAsyncTasks(context) must give a list of TemporalAsyncTask, at once.`);
  }
  const names = offered.map((task) => task.getName());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new Error(`${packageName} has two tasks "${repeated}": give one of them another name.`);
  }
  return offered;
}

/** By what it can do: a package may have a copy of the SDK of its own. */
function isTask(value: unknown): value is AnyAsyncTask {
  return typeof value === 'object' && value !== null && 'getTaskFunction' in value && 'workflowType' in value;
}
