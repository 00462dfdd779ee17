import { makeContinueAsNewFunc, sleep, upsertMemo, workflowInfo } from '@temporalio/workflow';
import { type NextMove, onlyStep, type StepRecord, type TaskInput, workflowTypePrefix } from '../tasks/task-story.ts';
import { askNextMove } from './ask-next-move.ts';
import { executeStep } from './execute-task-step.ts';
import { failForWantOfWorker } from './fail-for-want-of-worker.ts';
import { toTaskFailure } from './to-task-failure.ts';

/**
 * The workflow of every task: it asks the task's code which step comes next, and has each step executed by an activity, which is given the outcomes of the steps before it.
 * The code behind a step runs only when the step's result is in the history: whatever that code does, the step is not executed again.
 * The default export, because that is what Temporal takes for each type that a bundle does not name: a new task needs no new workflow code.
 */
// eslint-disable-next-line no-restricted-exports
export default async function asyncTask({
  params,
  limits,
  records: earlier = [],
  ...begun
}: TaskInput): Promise<unknown> {
  const { workflowType } = workflowInfo();
  if (!workflowType.startsWith(workflowTypePrefix)) failForWantOfWorker(workflowType);
  const records = [...earlier];
  const nextMove = async () => {
    const move = await askNextMove({ params, records });
    tellProgress(move, records);
    return move;
  };

  let { search } = begun;
  let move = begun.next ?? (await nextMove());
  while (move.kind === 'step') {
    const result = await executeStep({ limits, story: { params, records }, key: move.key, search });
    if (result.outcome === 'unknown') {
      if (!search && records.length === 0) upsertMemo({ begun: true });
      search = { failedAttempts: result.failedAttempts, pauseSeconds: result.pauseSeconds };
      await sleep(search.pauseSeconds * 1000);
    } else {
      search = undefined;
      records.push(result);
      move = move.key === onlyStep ? endWith(result) : await nextMove();
    }
    if (move.kind === 'step' && workflowInfo().continueAsNewSuggested) {
      await continueTask({ params, limits, records, next: move, ...(search && { search }) });
    }
  }
  if (move.kind === 'fail') throw toTaskFailure(move.error);
  return move.value;
}

/** Behind the one step of a function there is no code. */
function endWith(record: StepRecord): NextMove {
  return record.outcome === 'completed'
    ? { kind: 'return', value: record.value }
    : { kind: 'fail', error: record.error };
}

/** What `describe` shows without a worker: a field for each completed step, so that telling one costs the same however many there are. */
function tellProgress(move: NextMove, records: readonly StepRecord[]): void {
  if (move.kind === 'step' ? move.key === onlyStep : (records[0]?.key ?? onlyStep) === onlyStep) return;
  const completed = records.filter(({ outcome }) => outcome === 'completed');
  const last = completed.at(-1);
  upsertMemo({
    currentStep: move.kind === 'step' ? move.key : undefined,
    ...(records.length > 0 && { begun: true }),
    ...(last && { [`step ${completed.length}`]: last.key }),
  });
}

function continueTask(input: TaskInput): Promise<never> {
  const { memo, startTime } = workflowInfo();
  const createdAt = memo?.['createdAt'] ?? startTime.toISOString();
  return makeContinueAsNewFunc<(input: TaskInput) => Promise<unknown>>({ memo: { ...memo, createdAt } })(input);
}
