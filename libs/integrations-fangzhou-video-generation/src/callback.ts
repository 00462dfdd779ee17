import type { CallbackDefinition } from '@darkroom/integration-sdk';
import { taskSchema } from './provider-api.schema.ts';

const unfinished = new Set(['queued', 'running']);

/** Ark signs nothing: the token in the address is all that vouches for a callback, whose body is the task as a query gives it. */
export const callback: CallbackDefinition = {
  settings: {},
  read: ({ body }) => {
    const task = taskSchema.safeParse(body);
    if (!task.success) return { kind: 'refused', status: 400, reason: 'The body is no task.' };
    return { kind: 'accepted', externalId: task.data.id, isFinal: !unfinished.has(task.data.status) };
  },
  answer: {},
};
