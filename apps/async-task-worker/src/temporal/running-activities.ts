import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** An activity that this process is busy with. */
export interface RunningActivity {
  activityType: string;
  workflowId: string;
  integration: string;
  since: Date;
}

/** Knows what the process is busy with, for its metrics and for what a forced stop abandons. */
export interface RunningActivities {
  list(): RunningActivity[];
  observe(integration: string): ActivityInterceptorsFactory;
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
            integration,
            since: new Date(),
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
