import {
  ActivityFailure,
  isCancellation,
  proxyLocalActivities,
  sleep,
  TemporalFailure,
  TimeoutFailure,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { type NextMove, planOf, type StoryInput, type TaskActivities } from '../tasks/task-story.ts';
import { failForWantOfWorker } from './fail-for-want-of-worker.ts';

// Between two yields nothing slow may happen; a worker that is busy, or stops, may still need longer.
const answerTimeout = '4 s';
const mostQuestions = 8;
const longestPauseSeconds = 60;

/** Asks the task's code what comes after the records: again after a pause, for some two minutes, where it does not answer. */
export async function askNextMove(story: StoryInput): Promise<NextMove> {
  const { workflowType } = workflowInfo();
  const { [planOf(workflowType)]: ask } = proxyLocalActivities<Record<string, TaskActivities['plan']>>({
    startToCloseTimeout: answerTimeout,
    retry: { maximumAttempts: 1 },
  });
  for (let questions = 1; ; questions += 1) {
    try {
      const answer = await (ask as TaskActivities['plan'])(story);
      return answer.kind === 'unknown' ? failForWantOfWorker(workflowType) : answer;
    } catch (error) {
      if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
      if (questions === mostQuestions) return withoutAnswer(error);
    }
    upsertMemo({ begun: true });
    await sleep(Math.min(2 ** (questions - 1), longestPauseSeconds) * 1000);
  }
}

/** What a local activity threw comes as it is, and its time-out in an ActivityFailure. */
function withoutAnswer(failure: TemporalFailure): NextMove {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  const reason =
    cause instanceof TimeoutFailure
      ? `did not come to its next step within ${answerTimeout}, ${mostQuestions} times: what takes time belongs into a step's call`
      : `could not be asked for its next step: ${cause?.message ?? 'nobody said why'}`;
  return { kind: 'fail', error: { code: 'task_failed', message: `The task's code ${reason}.` } };
}
