import { referToTask } from '@darkroom/integration-sdk/tasks';
import type { AnyAsyncTask } from '@darkroom/integration-sdk/tasks';
import type { CollectedIntegration } from '../integrations/collect-integrations.ts';

/** `main` submits what a definition declares: a task that the package then does not give, or on another queue, would wait for ever. */
export function refuseMissingTasks(
  {
    definition,
    packageName,
  }: Pick<CollectedIntegration, 'packageName'> & {
    definition: Pick<CollectedIntegration['definition'], 'name' | 'tasks'>;
  },
  given: readonly AnyAsyncTask[],
): void {
  for (const name of Object.keys(definition.tasks)) {
    const task = given.find((one) => one.getName() === name);
    if (task === undefined) {
      throw new Error(
        `${packageName} declares the task "${name}", and its createAsyncTasks(context) does not give it: make it with implementTask, or declare it no more.`,
      );
    }
    const declared = referToTask(definition, name).taskQueue;
    if (task.taskQueue !== declared) {
      throw new Error(
        `${packageName} declares the task "${name}" on the queue ${declared}, and its createAsyncTasks(context) gives it on ${task.taskQueue}: make it with implementTask.`,
      );
    }
  }
}
