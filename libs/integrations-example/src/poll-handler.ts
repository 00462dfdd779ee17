import { createTaskHandler } from '@darkroom/integration-sdk/answers';
import type { Input } from './input.schema.ts';
import type { Output } from './output.schema.ts';
import { listSchema, type Task } from './provider-api.schema.ts';
import type { Settings } from './settings.ts';
import { taskAnswers } from './task-answers.ts';
import { toProviderRequest } from './to-provider-request.ts';

/** Delivery `poll`: a task is made and asked for until it ends. This provider also cancels tasks and lists them, which others may not. */
export const pollHandler = createTaskHandler<Input, Output, Settings, Task>({
  ...taskAnswers,
  toProviderRequest: (given) => toProviderRequest('/tasks', given),
  taskUrl,
  cancelling: {
    toQuery: (task) => ({ method: 'DELETE', url: taskUrl(task) }),
    // What waits in its queue is not charged; what has begun goes on and is.
    billing: 'not_charged',
    notPossible: [{ code: /^not_(cancellable|found)$/ }],
    reason: 'The provider has begun with the task, and does not stop it.',
  },
  listing: {
    toListUrl: ({ settings, since, page }) =>
      `${settings.baseUrl}/tasks?${new URLSearchParams({ page: String(page), since: since.toISOString() })}`,
    schema: listSchema,
  },
});

function taskUrl({ externalId, settings }: { externalId: string; settings: Settings }): string {
  return `${settings.baseUrl}/tasks/${encodeURIComponent(externalId)}`;
}
