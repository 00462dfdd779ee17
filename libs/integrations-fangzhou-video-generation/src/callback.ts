import type { CallbackDefinition } from '@darkroom/integration-sdk';
import { callbackSchema } from './provider-api.schema.ts';

const finalStatuses = new Set(['succeeded', 'failed', 'cancelled', 'expired']);

/** Ark signs nothing: the token in the address is all that vouches for a callback, whose body is the task as a query gives it. */
export const callback: CallbackDefinition = {
  settings: {},
  read: ({ body }) => {
    const task = callbackSchema.safeParse(body);
    if (!task.success) return { kind: 'refused', status: 400, reason: 'The body is no task.' };
    return { kind: 'accepted', externalId: task.data.id, isFinal: finalStatuses.has(task.data.status ?? '') };
  },
  answer: {},
};
