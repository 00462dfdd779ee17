import { randomUUID } from 'node:crypto';
import type { CallWorkflowInput } from '@darkroom/contract';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { CallActivityResult, SubmitInput } from '../src/call/call-activity.schema.ts';
import { type ProviderTask, submitTaskResultSchema } from '../src/call/poll-activity.schema.ts';
import { createActivities } from './tiny/activities.ts';
import type { Rig, TinyContext } from './rig.ts';

const lost = Symbol('lost');

/** A worker process that lives until it is killed: from then on it does nothing and answers nothing, like a dead one. */
export interface MortalWorker {
  context: TinyContext;
  killed: Promise<void>;
}

/**
 * What the workflow does, without its waiting: each execution gets a worker of its own; one that is killed in the middle is
 * followed by another one.
 */
export async function followCall(
  rig: Rig,
  call: CallWorkflowInput,
  workers: AsyncIterator<MortalWorker>,
): Promise<CallActivityResult['status'][]> {
  const runId = randomUUID();
  const story: CallActivityResult['status'][] = [];
  let submission: SubmitInput = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
  let spooled: Extract<CallActivityResult, { status: 'spooled' }> | undefined;

  for (let executions = 0; executions < 12; executions += 1) {
    const { value: worker } = (await workers.next()) as { value: MortalWorker };
    const activities = createActivities(worker.context);
    const environment = activityOf(call.callId, runId);
    const { attempt, reportNumber } = submission;
    const execution = spooled
      ? environment.run(activities.storeDrawing, {
          call,
          attempt,
          reportNumber,
          sentBefore: attempt - 1,
          submittedReported: spooled.submittedReported,
          deadlineAt: spooled.deadlineAt,
        })
      : environment.run(activities.drawAndStore, submission);
    const result = (await Promise.race([execution, worker.killed.then(() => lost)])) as
      CallActivityResult | typeof lost;
    submission = { ...submission, reportNumber: reportNumber + 1 };
    if (result === lost) {
      submission = { ...submission, again: true };
      continue;
    }
    if (result.status === 'waiting') {
      rig.main.letPass(call.callId, result.afterSeconds);
      continue;
    }
    story.push(result.status);
    if (result.status === 'ended' || result.status === 'stopped') return story;
    spooled = result.status === 'spooled' ? result : undefined;
    if (result.status === 'retry')
      submission = {
        ...submission,
        attempt: attempt + 1,
        sentBefore: attempt,
        again: false,
        deadlineAt: result.deadlineAt,
      };
  }
  throw new Error(`The call did not end: ${story.join(', ')}`);
}

export function activityOf(callId: string, runId: string): MockActivityEnvironment {
  return new MockActivityEnvironment({ workflowExecution: { workflowId: callId, runId }, activityId: '1' });
}

/** The task of a submission that has to have been taken. */
export function taskOf(result: unknown): ProviderTask {
  const submitted = submitTaskResultSchema.parse(result);
  if (submitted.status !== 'submitted') throw new Error(`The submission is ${submitted.status}.`);
  return submitted.task;
}
