import type { CallWorkflowInput } from '@darkroom/contract';
import { callActivityResultSchema, type SubmitInput } from '../src/call/call-activity.schema.ts';
import { activityOf } from './follow-call.ts';
import type { Rig, TinyContext } from './rig.ts';
import { createActivities } from './tiny/activities.ts';

/** What tests of the delivery `call` do with one call: its one activity, and what `main` knows afterwards. */
export function tinyCalls(rigOfTest: () => Rig) {
  const eventsOf = ({ callId }: CallWorkflowInput) => rigOfTest().main.call(callId).events;
  return {
    eventsOf,
    async submit(call: CallWorkflowInput, more: Partial<TinyContext> = {}, given: Partial<SubmitInput> = {}) {
      const { drawAndStore } = createActivities(await rigOfTest().newContext(more));
      const result = await activityOf(call.callId, 'run').run(drawAndStore, {
        call,
        attempt: 1,
        reportNumber: 1,
        sentBefore: 0,
        again: false,
        ...given,
      });
      return callActivityResultSchema.parse(result);
    },
    lastError(call: CallWorkflowInput) {
      const last = eventsOf(call).at(-1);
      return last?.type === 'call.failed' ? last.data.error : undefined;
    },
  };
}
