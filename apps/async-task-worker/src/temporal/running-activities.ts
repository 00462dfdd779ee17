import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { z } from 'zod';

/** An activity that this process is busy with. */
export interface RunningActivity {
  activityType: string;
  workflowId: string;
  integration: string;
  since: Date;
  /** How long the provider may take for a submission, by the limits that the call was accepted with; undefined where nothing is submitted. */
  deadlineSeconds?: number | undefined;
}

/** Knows what the process is busy with, for its metrics and for what a forced stop abandons. */
export interface RunningActivities {
  list(): RunningActivity[];
  /** `integration` is its name, or tells it by the type of an activity. */
  observe(integration: string | ((activityType: string) => string)): ActivityInterceptorsFactory;
}

export function createRunningActivities(): RunningActivities {
  const running = new Set<RunningActivity>();
  return {
    list: () => [...running],
    observe: (integration) => (context) => ({
      inbound: {
        async execute(input, next) {
          const { activityType, workflowExecution } = context.info;
          const activity = {
            activityType,
            workflowId: workflowExecution?.workflowId ?? '',
            integration: typeof integration === 'string' ? integration : integration(activityType),
            since: new Date(),
            deadlineSeconds: deadlineSecondsOf(input.args[0]),
          };
          running.add(activity);
          try {
            return await next(input);
          } finally {
            running.delete(activity);
          }
        },
      },
    }),
  };
}

/** Only an activity that submits is told whether an earlier execution `again` may have done so. */
const submitInputSchema = z.object({
  again: z.boolean(),
  call: z.object({ limits: z.object({ deadlineSeconds: z.number() }) }),
});

function deadlineSecondsOf(input: unknown): number | undefined {
  return submitInputSchema.safeParse(input).data?.call.limits.deadlineSeconds;
}
