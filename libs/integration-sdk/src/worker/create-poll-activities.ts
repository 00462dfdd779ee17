import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { submitInputSchema } from '../call/call-activity.schema.ts';
import {
  cancelInputSchema,
  cancelResultSchema,
  type LookInput,
  lookInputSchema,
  type LookResult,
  lookResultSchema,
  reconcileInputSchema,
  reconcileResultSchema,
  storeTaskInputSchema,
  submitTaskResultSchema,
  taskReportInputSchema,
} from '../call/poll-activity.schema.ts';
import type { IntegrationDefinition } from '../definition/define-integration.ts';
import { callLogger, checkResult, currentActivity, keepAlive, workFor, workForFound } from './activity-work.ts';
import type { CallWork } from './call-work.ts';
import { cancelTask } from './cancel-task.ts';
import { taskFollowUp } from './follow-task-submission.ts';
import type { PollHandlers, Settled } from './handlers-of.ts';
import { heartbeatWhile } from './heartbeat-while.ts';
import type { IntegrationContext } from './integration-context.ts';
import { type Looking, lookOnce, firstLook, type LookMemory, settleLeftBehind } from './look-once.ts';
import { obtainAnswer } from './obtain-answer.ts';
import type { PollActivities } from './poll-activities.ts';
import { givenBack, pollUntilEnded } from './poll-until-ended.ts';
import { type AnyPollHandler, resultPartsOf, submissionHandlerOf, type TaskWork, taskWorkFor } from './poll-work.ts';
import { reconcileSubmission } from './reconcile-submission.ts';
import { recoverAnswer } from './recover-answer.ts';
import { recoverSubmission } from './recover-submission.ts';
import { reportTask } from './report-task.ts';
import { createRunningAttempts } from './running-attempts.ts';
import { settleSubmission } from './settle-submission.ts';
import type { SpooledAnswer } from './spool-container.ts';
import { storeTask } from './store-task.ts';
import { StoringFailed } from './storing-failed.ts';
import { toApplicationFailure } from './to-application-failure.ts';
import { WorkerStopping } from './until-answered.ts';

const handedBackAfterSeconds = 1;
const absenceWindowSeconds = 60;

/** Builds the activities of the delivery kinds `poll` and `callback` from an integration's handlers. */
export function createPollActivities<const Definition extends IntegrationDefinition, const Name extends string>({
  definition,
  name,
  handlers,
  context,
}: {
  definition: Definition;
  /** What the names of the activities begin with: the one that `createPollWorkflow` was given. */
  name: Name;
  handlers: PollHandlers<Definition>;
  context: IntegrationContext<Settled<Definition>>;
}): PollActivities<Name> {
  const submitting = createRunningAttempts<unknown>();
  const settling = createRunningAttempts<LookResult>();

  const partsOf = (operationName: string) => {
    const operation = definition.operations[operationName];
    const poll = (handlers as Record<string, AnyPollHandler>)[operationName];
    if (!operation || !poll)
      throw new Error(`The integration ${definition.name} has no polled operation "${operationName}".`);
    return { context, definition, operation, poll };
  };
  const submissionWork = (input: Parameters<typeof workFor>[1]): CallWork => {
    const { operation, poll } = partsOf(input.call.operation);
    const { callId } = input.call;
    const { attempt } = input;
    const callbackUrl =
      definition.callback && context.links.callbackUrl({ integration: definition.name, callId, attempt });
    return {
      ...workFor({ context, operation, handler: submissionHandlerOf(poll) }, input),
      ...(callbackUrl !== undefined && { callbackUrl }),
    };
  };
  // Executions of one activity that Temporal tries again share their input, and must not share the ids of their reports.
  const taskWork = (input: LookInput): TaskWork =>
    taskWorkFor(partsOf(input.call.operation), {
      ...input,
      reportNumber: `${input.reportNumber}-${randomUUID().slice(0, 8)}`,
    });

  const perform = async <Result>(
    work: CallWork,
    schema: { parse(result: unknown): Result },
    act: (() => Promise<unknown>) & { details?: () => unknown },
  ): Promise<Result> => {
    try {
      return checkResult(work, schema, await heartbeatWhile(act, () => keepAlive(work), act.details));
    } catch (error) {
      throw toActivityFailure(work, error);
    }
  };
  const looking = (...more: AbortSignal[]): Looking => ({
    signal: AbortSignal.any([context.stopping, Context.current().cancellationSignal, ...more]),
    settling,
  });
  // Temporal tells a loop only with its next heartbeat that another way was first.
  const loops = new Map<string, AbortController>();
  const endLoopOf = (work: TaskWork, { status }: { status: string }) => {
    if (status === 'ended' || status === 'spooled') loops.get(keyOf(work))?.abort();
  };

  context.lateAnswers.handledBy(definition.name, Object.keys(handlers), async (answer) => {
    const known = await context.main.getCall(answer.origin.callId);
    if (known) await recover(partsOf(answer.origin.operation), answer, { ...known, ...answer.origin });
  });

  const activities: PollActivities<'Any'> = {
    AnySubmit(given) {
      const input = submitInputSchema.parse(given);
      const work = submissionWork(input);
      const followUp = taskFollowUp({ byListing: partsOf(input.call.operation).poll.listing !== undefined });
      const submit = async () => {
        const obtained = await obtainAnswer(work, input, followUp);
        return obtained.status === 'answered' ? settleSubmission(work, obtained, followUp) : obtained;
      };
      return perform(work, submitTaskResultSchema, async () => {
        try {
          return await submitting.joinOrRun({ callId: input.call.callId, attempt: input.attempt }, submit);
        } catch (error) {
          if (!(error instanceof WorkerStopping)) throw error;
          return { status: 'waiting', for: 'worker', afterSeconds: handedBackAfterSeconds };
        }
      });
    },
    AnyPoll(given) {
      const work = taskWork(lookInputSchema.parse(given));
      const overtaken = new AbortController();
      loops.set(keyOf(work), overtaken);
      const remembered = { memory: (Context.current().info.heartbeatDetails as LookMemory | undefined) ?? firstLook };
      const poll = Object.assign(() => pollUntilEnded(work, looking(overtaken.signal), remembered), {
        details: () => remembered.memory,
      });
      return perform(work, lookResultSchema, poll).finally(() => {
        if (loops.get(keyOf(work)) === overtaken) loops.delete(keyOf(work));
      });
    },
    AnyPollOnce(given) {
      const work = taskWork(lookInputSchema.parse(given));
      const way = looking();
      return perform(work, lookResultSchema, async () => {
        if (way.signal.aborted) throw new WorkerStopping();
        const result = (await settleLeftBehind(work, way)) ?? (await lookOnce(work, firstLook, way)).result;
        endLoopOf(work, result);
        return result;
      });
    },
    AnyStore(given) {
      const input = storeTaskInputSchema.parse(given);
      const work = taskWork(input);
      return perform(work, lookResultSchema, () => {
        const { missingCredentials } = work;
        if (missingCredentials !== undefined)
          throw new StoringFailed('result_unavailable', missingCredentials, undefined);
        return storeTask(work, input, looking().signal);
      });
    },
    async AnyReport(given) {
      const input = taskReportInputSchema.parse(given);
      const identity = currentActivity();
      const reportId = input.kind === 'deliver' ? input.report.reportId : `${identity.runId}:${input.reportNumber}`;
      const logger = callLogger(context, identity.workflowId, input.callId);
      const work = { ...identity, reportId, context, logger, call: { callId: input.callId } };
      try {
        return await heartbeatWhile(() => reportTask(work, input));
      } catch (error) {
        throw toApplicationFailure(error, context.secrets);
      }
    },
    AnyCancel(given) {
      const input = cancelInputSchema.parse(given);
      const work = taskWork(input);
      return perform(work, cancelResultSchema, async () => {
        const result = await cancelTask(work, input);
        endLoopOf(work, result);
        return result;
      });
    },
    AnyReconcile(given) {
      const input = reconcileInputSchema.parse(given);
      const { submission, by } = input;
      const work = submissionWork({
        ...input,
        attempt: submission.attempt,
        reportNumber: `${input.reportNumber}-${randomUUID().slice(0, 8)}`,
      });
      const { listing } = partsOf(input.call.operation).poll;
      const windowSeconds = context.absenceWindowSeconds ?? absenceWindowSeconds;
      return perform(work, reconcileResultSchema, () =>
        reconcileSubmission(work, { submission, by, listing, windowSeconds }),
      );
    },
  };
  return Object.fromEntries(
    Object.entries(activities).map(([key, activity]) => [key.replace('Any', name), activity]),
  ) as unknown as PollActivities<Name>;
}

function keyOf({ call, attempt }: TaskWork): string {
  return `${call.callId}.${attempt}`;
}

async function recover(
  parts: { context: IntegrationContext<unknown>; operation: CallWork['operation']; poll: AnyPollHandler },
  answer: SpooledAnswer,
  found: Parameters<typeof workForFound>[1],
): Promise<void> {
  const { context, operation, poll } = parts;
  const { holds } = answer;
  if (holds?.kind !== 'result')
    return recoverSubmission(workForFound({ context, operation, handler: submissionHandlerOf(poll) }, found), answer);
  if (context.settingsOf(holds.credentialId) === undefined)
    throw new Error(`The credentials ${holds.credentialId} of a kept result are configured no more.`);
  return recoverAnswer(workForFound(resultPartsOf(parts, holds), found), answer);
}

function toActivityFailure(work: CallWork, error: unknown): Error {
  const { context, logger } = work;
  if (context.stopping.aborted || Context.current().cancellationSignal.aborted)
    return givenBack('The worker hands the work back; another one goes on.');
  if (error instanceof Error && 'nextRetryDelay' in error) return error;
  logger.error({ attempt: work.attempt, error }, 'the activity failed and is run again');
  return toApplicationFailure(error, context.secrets);
}
