import type { AsyncTask } from '@darkroom/contract';
import type { AsyncTaskStatus } from '@darkroom/integration-sdk/tasks';

/** A task as its account sees it: under its own id, and not under that of the workflow. */
export function presentTask(
  status: AsyncTaskStatus<unknown>,
  { name, taskId, baseUrl }: { name: string; taskId: string; baseUrl: string },
): AsyncTask {
  const { result, error, currentStep, completedSteps, createdAt, completedAt } = status;
  const self = `${baseUrl}/v1/tasks/${name}/${taskId}`;
  return {
    taskId,
    name,
    status: status.status,
    ...(result !== undefined && { result }),
    ...(error && { error }),
    ...(currentStep !== undefined && { currentStep }),
    ...(completedSteps && { completedSteps: [...completedSteps] }),
    createdAt: createdAt.toISOString(),
    ...(completedAt && { completedAt: completedAt.toISOString() }),
    urls: { self, cancel: `${self}/cancel` },
  };
}
