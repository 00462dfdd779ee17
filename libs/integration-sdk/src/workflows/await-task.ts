import { CancellationScope, condition, log, sleep } from '@temporalio/workflow';
import type { LookResult, ProviderTask } from '../call/poll-activity.schema.ts';
import { beside, deliver, type TaskStory } from './task-story.ts';

export type TaskEnd = Exclude<LookResult, { status: 'pending' }> | { status: 'timed_out'; reason?: string };

/**
 * Waits for the task's end: by the loop of looks, by a look for a refresh or a callback, by a cancel that the provider confirms, or by the
 * deadline. The first way that has it claims it, and the other ones are given up.
 */
export async function awaitTask(story: TaskStory, task: ProviderTask): Promise<TaskEnd> {
  const { call, activities, wishes, sentBefore } = story;
  const given = () => ({ call, sentBefore, task, reportNumber: story.nextReportNumber() });
  const ways = new CancellationScope();
  const failed = (error: unknown) => log.warn('a way to look at the task has failed', { reason: String(error) });
  let end: TaskEnd | undefined;
  let isTimeOver = false;
  let isLooking = false;
  let isCancelling = false;
  const claim = (result: LookResult) => {
    if (result.status !== 'pending') end ??= result;
  };

  beside(ways, async () => claim(await activities.poll(given())), failed);
  const untilDeadline = async () => {
    await sleep(Math.max(1, Date.parse(task.deadlineAt) - Date.now()));
    isTimeOver = true;
  };
  beside(ways, untilDeadline, failed);

  const lookNow = async () => {
    try {
      claim(await activities.pollOnce(given()));
    } finally {
      isLooking = false;
    }
  };
  const cancel = async () => {
    try {
      const answer = await activities.cancel({ ...given(), isStored: false });
      if (answer.status !== 'not_possible') end ??= answer;
      else {
        await deliver(story, answer.unreported);
        if (answer.finished) wishes.wantLook();
      }
    } finally {
      isCancelling = false;
    }
  };

  while (!end && !isTimeOver) {
    if (wishes.isCancelRequested() && !story.isCancelAnswered) {
      story.isCancelAnswered = true;
      isCancelling = true;
      beside(ways, cancel, failed);
    }
    if (wishes.isLookWanted() && !isLooking) {
      wishes.takeLook();
      isLooking = true;
      beside(ways, lookNow, failed);
    }
    await condition(
      () =>
        end !== undefined ||
        isTimeOver ||
        (wishes.isLookWanted() && !isLooking) ||
        (wishes.isCancelRequested() && !story.isCancelAnswered),
    );
  }
  if (!end) {
    await condition(() => end !== undefined || (!isLooking && !isCancelling));
    end ??= await lookForTheLastTime(story, task);
  }
  ways.cancel();
  return end;
}

async function lookForTheLastTime(story: TaskStory, task: ProviderTask): Promise<TaskEnd> {
  const { call, activities, sentBefore } = story;
  try {
    const seen = await activities.pollOnce({ call, sentBefore, task, reportNumber: story.nextReportNumber() });
    if (seen.status !== 'pending') return seen;
    return { status: 'timed_out', ...(seen.reason !== undefined && { reason: seen.reason }) };
  } catch (error) {
    log.warn('the last look at the task has failed', { reason: String(error) });
    return { status: 'timed_out' };
  }
}
