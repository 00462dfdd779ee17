import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  makeContinueAsNewFunc,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  TimeoutFailure,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import {
  type NextMove,
  onlyStep,
  planOf,
  type StepAnswer,
  type StepLimits,
  type StepRecord,
  type TaskActivities,
  type TaskError,
  type TaskInput,
  workflowTypePrefix,
} from '../tasks/task-story.ts';

// Between two yields nothing slow may happen.
const planTimeout = '10 s';
const planAttempts = 3;
// During a deployment, workers that do not know the task yet may be given its steps.
const pauseForAnotherWorker = '2 s';
const notRegistered = 'NotFoundError';

/**
 * The workflow of every task: it asks the task's code which step comes next, and has each step executed by an activity, which is given the outcomes of the steps before it.
 * The default export, because that is what Temporal takes for each type that a bundle does not name: a new task needs no new workflow code.
 */
// eslint-disable-next-line no-restricted-exports
export default async function asyncTask({ params, limits, records: earlier = [], next }: TaskInput): Promise<unknown> {
  const { workflowType } = workflowInfo();
  // As for any other type that the worker does not know: the workflow's task is tried again until a worker does.
  if (!workflowType.startsWith(workflowTypePrefix)) throw new ReferenceError(`No worker runs ${workflowType}.`);
  const records = [...earlier];
  const whatNext = () => plan(workflowType, { params, records });

  let move = next ?? (await whatNext());
  while (move.kind === 'step') {
    tellProgress(move, records);
    const { key } = move;
    const answer = await execute({ workflowType, limits, story: { params, records }, key });
    records.push(answer.record);
    move = answer.next ?? (await whatNext());
    if (move.kind === 'step' && workflowInfo().continueAsNewSuggested) {
      await continueTask({ params, limits, records, next: move });
    }
  }
  tellProgress(move, records);
  if (move.kind === 'fail') throw toFailure(move.error);
  return move.value;
}

interface Execution {
  readonly workflowType: string;
  readonly limits: StepLimits;
  readonly story: { readonly params?: unknown; readonly records: readonly StepRecord[] };
  readonly key: string;
}

interface Executed {
  readonly record: StepRecord;
  /** Absent after a failure: what the code does then is still to be asked. */
  readonly next?: NextMove;
}

async function execute(execution: Execution): Promise<Executed> {
  const { key } = execution;
  for (;;) {
    try {
      const answer = await runStep(execution);
      if (answer.kind === 'refused') throw toFailure(answer.error);
      return { record: { key, outcome: 'completed', value: answer.value }, next: answer.next };
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      if (!isUnknownToWorker(error)) return { record: { key, outcome: 'failed', error: toTaskError(error, key) } };
      await sleep(pauseForAnotherWorker);
    }
  }
}

function runStep({ workflowType, limits, story, key }: Execution): Promise<StepAnswer> {
  const { [workflowType]: run } = proxyActivities<Record<string, TaskActivities['runStep']>>({
    startToCloseTimeout: limits.timeoutSeconds * 1000,
    heartbeatTimeout: limits.lostWorkerSeconds * 1000,
    // A cancelled task ends at once; its call is told by the next heartbeat.
    cancellationType: 'TRY_CANCEL',
    retry: {
      maximumAttempts: limits.maximumAttempts,
      initialInterval: limits.initialDelayMs,
      maximumInterval: limits.maximumDelayMs,
      backoffCoefficient: limits.backoffMultiplier,
    },
    ...(key !== onlyStep && { summary: key }),
  });
  return (run as TaskActivities['runStep'])(story, key);
}

async function plan(workflowType: string, story: Execution['story']): Promise<NextMove> {
  const { [planOf(workflowType)]: ask } = proxyLocalActivities<Record<string, TaskActivities['plan']>>({
    startToCloseTimeout: planTimeout,
    retry: { maximumAttempts: planAttempts },
  });
  try {
    return await (ask as TaskActivities['plan'])(story);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    const message = `The task's code did not come to its next step within ${planTimeout}: what takes time belongs into a step's call.`;
    return { kind: 'fail', error: { code: 'task_failed', message } };
  }
}

/** What `describe` shows without a worker: a field for each completed step, so that telling one costs the same however many there are. */
function tellProgress(move: NextMove, records: readonly StepRecord[]): void {
  if (move.kind === 'step' ? move.key === onlyStep : (records[0]?.key ?? onlyStep) === onlyStep) return;
  const completed = records.filter(({ outcome }) => outcome === 'completed');
  const last = completed.at(-1);
  upsertMemo({
    currentStep: move.kind === 'step' ? move.key : undefined,
    ...(last && { [`step ${completed.length}`]: last.key }),
  });
}

function continueTask(input: TaskInput): Promise<never> {
  const { memo, startTime } = workflowInfo();
  const createdAt = memo?.['createdAt'] ?? startTime.toISOString();
  return makeContinueAsNewFunc<(input: TaskInput) => Promise<unknown>>({ memo: { ...memo, createdAt } })(input);
}

/** The SDK's own words for it; a failure of ours names its step. */
function isUnknownToWorker({ cause }: ActivityFailure): boolean {
  return cause instanceof ApplicationFailure && cause.type === notRegistered && (cause.details ?? []).length === 0;
}

function toTaskError({ cause }: ActivityFailure, key: string): TaskError {
  return { ...codeAndMessage(cause), ...(key !== onlyStep && { step: key }) };
}

function codeAndMessage(cause: Error | undefined): Omit<TaskError, 'step'> {
  if (cause instanceof ApplicationFailure) return { code: cause.type ?? 'task_failed', message: cause.message };
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'HEARTBEAT') {
    return { code: 'worker_lost', message: 'The workers that executed it were lost, the last one too.' };
  }
  if (cause instanceof TimeoutFailure) {
    return { code: 'step_timed_out', message: 'Its last attempt did not end within its time.' };
  }
  return { code: 'task_failed', message: cause?.message ?? 'It failed without a reason.' };
}

function toFailure({ code, message, step }: TaskError): ApplicationFailure {
  const failure = ApplicationFailure.create({ type: code, message, nonRetryable: true, details: [{ step }] });
  failure.stack = '';
  return failure;
}
