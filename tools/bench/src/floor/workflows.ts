import { proxyActivities } from '@temporalio/workflow';
import type { FloorActivities, FloorCall, FloorImage } from './activities.ts';
import type { StepActivities } from './step-activities.ts';
import type { FloorPost, PostActivities } from './post-activities.ts';
import type { FloorWait, WaitingActivities } from './waiting-activities.ts';

// Where the machine is slow, the server loses a task now and then on its way to the worker. It is made again after this time, which is
// that after which Darkroom notices a lost submission.
const startToCloseTimeout = '20 s';

const { generateImage, saveCall } = proxyActivities<FloorActivities>({ startToCloseTimeout });

/** A workflow as one would write it without Darkroom: two activities, nothing about money, accounts or events. */
export async function bareImageWorkflow(call: FloorCall): Promise<FloorImage> {
  const image = await generateImage(call);
  await saveCall(call, image);
  return image;
}

const { submitTask } = proxyActivities<WaitingActivities>({ startToCloseTimeout });

const { bareStep } = proxyActivities<StepActivities>({ startToCloseTimeout });

/** Steps, as one would write them without Darkroom: one activity after another. */
export async function bareStepsWorkflow({ value, steps }: { value: number; steps: number }): Promise<{ sum: number }> {
  let sum = value;
  for (let number = 1; number <= steps; number += 1) sum += await bareStep(number);
  return { sum };
}

/** Waiting, as one would write it without Darkroom: submit, then one activity that looks again and again. */
export async function bareWaitingWorkflow(wait: FloorWait): Promise<string> {
  const { awaitTask } = proxyActivities<WaitingActivities>({
    startToCloseTimeout: '1 day',
    heartbeatTimeout: Math.max(30, 3 * wait.intervalSeconds) * 1000,
  });
  return awaitTask(wait, await submitTask(wait));
}

const { postText } = proxyActivities<PostActivities>({ startToCloseTimeout });

/** A delivery, as one would write it without Darkroom: one activity that posts until it is taken. */
export async function barePostWorkflow(post: FloorPost): Promise<number> {
  return postText(post);
}
