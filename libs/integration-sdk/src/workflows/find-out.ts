import { CancellationScope, condition, log } from '@temporalio/workflow';
import type { ReconcileInput, ReconcileResult, UnclearSubmission } from '../call/poll-activity.schema.ts';
import { beside, type TaskStory } from './task-story.ts';

type Found = Exclude<ReconcileResult, { status: 'unproven' }>;

const noCallback = 'The provider did not call back before the deadline.';
const noList = 'The provider offers no way to find out.';

/** Finds out what became of a submission that got no answer: by a callback with its token, or by a list that proves its absence. */
export async function findOut(story: TaskStory, submission: UnclearSubmission): Promise<Found> {
  const { call, activities, wishes, sentBefore } = story;
  const reconcile = (by: ReconcileInput['by']) =>
    activities.reconcile({ call, sentBefore, submission, by, reportNumber: story.nextReportNumber() });
  const proof = () => wishes.provenTask(submission.attempt);

  story.progress.step = 'finding_out';
  const listed = submission.byListing && proof() === undefined ? await askList(reconcile, proof) : undefined;
  if (listed && listed.status !== 'unproven') return listed;
  if (proof() === undefined && submission.byCallback)
    await condition(() => proof() !== undefined, Math.max(1, Date.parse(submission.deadlineAt) - Date.now()));

  const externalId = proof();
  const found = await reconcile(
    externalId === undefined
      ? {
          way: 'give_up',
          reason: listed?.reason ?? (submission.byCallback ? noCallback : noList),
          candidates: listed?.candidates ?? [],
        }
      : { way: 'by_callback', externalId },
  );
  if (found.status === 'unproven') throw new Error('Only the list can leave it open.');
  return found;
}

/** Undefined where a callback proves it first, or nobody could ask. */
async function askList(
  reconcile: (by: ReconcileInput['by']) => Promise<ReconcileResult>,
  proof: () => string | undefined,
): Promise<ReconcileResult | undefined> {
  const asking = new CancellationScope();
  let listed: ReconcileResult | undefined;
  let hasFailed = false;
  beside(
    asking,
    async () => {
      listed = await reconcile({ way: 'ask_list' });
    },
    (error) => {
      log.warn('the list could not be asked', { reason: String(error) });
      hasFailed = true;
    },
  );
  await condition(() => listed !== undefined || hasFailed || proof() !== undefined);
  asking.cancel();
  return listed;
}
