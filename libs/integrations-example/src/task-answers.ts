import type { TaskState } from '@darkroom/integration-sdk/answers';
import type { ArtifactFacts } from '@darkroom/contract';
import type { Output } from './output.schema.ts';
import { createdSchema, errorAnswerSchema, type Task, taskSchema } from './provider-api.schema.ts';
import { errors } from './provider-errors.ts';
import { authorization } from './to-provider-request.ts';

/** What tasks and jobs have in common: the key, and what the answers mean. */
export const taskAnswers = {
  headers: authorization,
  createdSchema,
  taskSchema,
  errorSchema: errorAnswerSchema,
  errors,
  fromTask,
  toOutput: ({ artifacts }: { artifacts: ArtifactFacts[] }): Output => ({ images: artifacts }),
};

/** What a state means. One that nobody knows goes on. */
function fromTask({ status, percent, image_url: url, error: words }: Task): TaskState {
  if (status === 'cancelled') return { kind: 'cancelled' };
  if (status === 'failed') return { kind: 'failed', words };
  if (status !== 'succeeded') return { kind: 'pending', step: status, percent };
  return { kind: 'succeeded', results: [{ kind: 'image', url }] };
}
