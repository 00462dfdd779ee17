import type { CallReport } from '@darkroom/contract';
import { CancellationScope, condition, log } from '@temporalio/workflow';
import type { ProviderTask } from '../call/poll-activity.schema.ts';
import { awaitTask, type TaskEnd } from './await-task.ts';
import { beside, deliver, type TaskStory } from './task-story.ts';

/** From the task that the provider took to the call's last report. */
export async function followTaskToItsEnd(story: TaskStory, task: ProviderTask): Promise<CallReport | null> {
  const { call, activities, progress } = story;
  const { callId } = call;
  progress.step = 'waiting';
  let end: TaskEnd | Awaited<ReturnType<typeof activities.store>> = await awaitTask(story, task);

  while (end.status === 'spooled') {
    progress.step = 'storing';
    await deliver(story, end.unreported);
    end = await store(story, task);
  }
  progress.step = 'reporting';
  const reportNumber = story.nextReportNumber();
  switch (end.status) {
    case 'ended':
      if (!end.reported) await deliver(story, end.report);
      return end.report;
    case 'stopped':
      return null;
    case 'gave_up': {
      const { code, reason } = end;
      const { storageRetrySeconds } = call;
      return activities.report({ kind: 'gave_up_storing', callId, reportNumber, code, reason, storageRetrySeconds });
    }
    case 'timed_out': {
      const { externalId } = task;
      const { deadlineSeconds } = call.limits;
      const reason = end.reason !== undefined && { reason: end.reason };
      return activities.report({ kind: 'timed_out', callId, reportNumber, externalId, deadlineSeconds, ...reason });
    }
    case 'pending':
      throw new Error('Storing does not wait for the provider.');
  }
}

/** A cancel that comes now comes too late, and is answered so. */
async function store(story: TaskStory, task: ProviderTask) {
  const { call, activities, wishes, sentBefore } = story;
  const given = () => ({ call, sentBefore, task, reportNumber: story.nextReportNumber() });
  const answering = new CancellationScope();
  const answerCancel = async () => {
    await condition(() => wishes.isCancelRequested() && !story.isCancelAnswered);
    story.isCancelAnswered = true;
    const answer = await activities.cancel({ ...given(), isStored: true });
    if (answer.status === 'not_possible') await deliver(story, answer.unreported);
  };
  beside(answering, answerCancel, (error) => log.warn('a cancel was not answered', { reason: String(error) }));
  const stored = await activities.store(given());
  answering.cancel();
  return stored;
}
