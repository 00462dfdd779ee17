import { CancellationScope, condition, log, patched } from '@temporalio/workflow';
import type { ReconcileInput, ReconcileResult, UnclearSubmission } from '../call/poll-activity.schema.ts';
import { putCancelOff } from './put-cancel-off.ts';
import { beside, type TaskStory } from './task-story.ts';

type Found = Exclude<ReconcileResult, { status: 'unproven' }>;
type Unproven = Extract<ReconcileResult, { status: 'unproven' }>;

/** What the search for a submission works with. */
interface Search {
  story: TaskStory;
  submission: UnclearSubmission;
  reconcile(by: ReconcileInput['by']): Promise<ReconcileResult>;
  /** The task that called back. */
  proof(): string | undefined;
  /** What goes on beside the search, until it is known what became of the submission. */
  meanwhile: CancellationScope;
}

const noCallback = 'The provider did not call back before the deadline.';
const noList = 'The provider offers no way to find out.';
const listIsAskedAgain = 'list-is-asked-again';

/** Finds out what became of a submission that got no answer: by a callback with its token, or by a list that proves its absence. */
export async function findOut(story: TaskStory, submission: UnclearSubmission): Promise<Found> {
  const { call, activities, wishes, sentBefore } = story;
  const search: Search = {
    story,
    submission,
    reconcile: (by) =>
      activities.reconcile({ call, sentBefore, submission, by, reportNumber: story.nextReportNumber() }),
    proof: () => wishes.provenTask(submission.attempt),
    meanwhile: new CancellationScope(),
  };
  story.progress.step = 'finding_out';
  beside(search.meanwhile, () => putCancelOff(story), warn('a cancel was not answered'));
  try {
    return await findOutBy(search);
  } finally {
    search.meanwhile.cancel();
  }
}

async function findOutBy(search: Search): Promise<Found> {
  const { submission, reconcile, proof, meanwhile } = search;
  const first = submission.byListing ? await askList(search) : undefined;
  if (first && first.status !== 'unproven') return first;
  const listed = submission.byCallback ? await awaitProof(search, first) : first;
  if (listed && listed.status !== 'unproven') return listed;
  meanwhile.cancel();

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

/**
 * Waits for the callback until the deadline. Each refresh, and the deadline, ask the list once more: what nobody had claimed may be somebody
 * else's by now. Answers what the list said last.
 */
async function awaitProof(search: Search, first: Unproven | undefined): Promise<ReconcileResult | undefined> {
  const { story, submission, proof, meanwhile } = search;
  const { wishes } = story;
  const list: { said: ReconcileResult | undefined; isAsked: boolean } = { said: first, isAsked: false };
  const isProven = () => proof() !== undefined || (list.said !== undefined && list.said.status !== 'unproven');
  const askAgain = async () => {
    list.isAsked = true;
    list.said = (await askList(search)) ?? list.said;
    list.isAsked = false;
  };
  const askAtRefreshes = async () => {
    for (;;) {
      // What a callback that proves it wants is a look at its task.
      await condition(() => wishes.isLookWanted() && !list.isAsked && !isProven());
      if (!patched(listIsAskedAgain)) return;
      wishes.takeLook();
      await askAgain();
    }
  };

  if (proof() !== undefined) return first;
  if (submission.byListing) beside(meanwhile, askAtRefreshes, warn('the list is asked at no refresh'));
  const inTime = await condition(isProven, Math.max(1, Date.parse(submission.deadlineAt) - Date.now()));
  if (inTime || !submission.byListing || !patched(listIsAskedAgain)) return list.said;
  if (list.isAsked) await condition(() => !list.isAsked);
  else await askAgain();
  return list.said;
}

/** Undefined where a callback proves it first, or nobody could ask. */
async function askList({ reconcile, proof }: Search): Promise<ReconcileResult | undefined> {
  if (proof() !== undefined) return undefined;
  const asking = new CancellationScope();
  let listed: ReconcileResult | undefined;
  let hasFailed = false;
  beside(
    asking,
    async () => {
      listed = await reconcile({ way: 'ask_list' });
    },
    (error) => {
      warn('the list could not be asked')(error);
      hasFailed = true;
    },
  );
  await condition(() => listed !== undefined || hasFailed || proof() !== undefined);
  asking.cancel();
  return listed;
}

function warn(message: string): (error: unknown) => void {
  return (error) => log.warn(message, { reason: String(error) });
}
