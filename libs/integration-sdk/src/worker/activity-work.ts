import { Context } from '@temporalio/activity';
import type { SubmitInput } from '../call/call-activity.schema.ts';
import { type CallWork, spoolAddressOf } from './call-work.ts';
import { createClaimHold } from './claim-hold.ts';
import { messageOf } from './error-message.ts';
import { forHistory } from './for-history.ts';
import type { IntegrationContext } from './integration-context.ts';
import type { Logger } from './logger.ts';
import type { AnswerOrigin } from './spool-container.ts';

/** What the integration brings to a piece of work. */
export type WorkParts = Pick<CallWork, 'context' | 'operation' | 'handler'>;

const maxResultBytes = 16 * 1024;

/** Which execution of a call's workflow asks for the work. */
export function currentActivity(): Pick<CallWork, 'workflowId' | 'runId' | 'activityId'> {
  const { workflowExecution, activityId } = Context.current().info;
  if (!workflowExecution) throw new Error('The activities of a call run in its workflow only.');
  return { workflowId: workflowExecution.workflowId, runId: workflowExecution.runId, activityId };
}

export function callLogger(
  { logger }: Pick<IntegrationContext<unknown>, 'logger'>,
  workflowId: string,
  callId: string,
): Logger {
  return logger.child({ call_id: callId, workflow_id: workflowId });
}

/** The work of the activity that is executed now. */
export function workFor(
  parts: WorkParts,
  {
    call,
    attempt,
    sentBefore,
    reportNumber,
  }: Pick<SubmitInput, 'call' | 'attempt' | 'sentBefore'> & { reportNumber: number | string },
): CallWork {
  const identity = currentActivity();
  const logger = callLogger(parts.context, identity.workflowId, call.callId);
  return {
    ...parts,
    ...identity,
    call,
    attempt,
    sentBefore,
    claimHold: createClaimHold({ main: parts.context.main, callId: call.callId, logger }),
    reportId: `${identity.runId}:${reportNumber}`,
    logger,
  };
}

/** The work on an answer that was found without anybody working on it. */
export function workForFound(parts: WorkParts, found: CallWork['call'] & AnswerOrigin): CallWork {
  const { attempt, workflowId, runId, callId } = found;
  const logger = callLogger(parts.context, workflowId, callId);
  return {
    ...parts,
    call: found,
    attempt,
    sentBefore: attempt - 1,
    workflowId,
    runId,
    activityId: 'sweep',
    claimHold: createClaimHold({ main: parts.context.main, callId, logger }),
    reportId: `${runId}:found-${attempt}`,
    logger,
  };
}

/** Says of what is worked on that it is: to `main`, and to the sweeps of the disk. */
export function keepAlive({ claimHold, context, attempt, logger, ...work }: CallWork): void {
  claimHold.confirm();
  context.localSpool.touch(spoolAddressOf({ call: work.call, attempt })).catch((error: unknown) => {
    logger.warn({ attempt, reason: messageOf(error) }, 'the answer on the disk could not be touched');
  });
}

/** Takes out of a result what a history must not hold, and holds it to its schema and to what a history should take. */
export function checkResult<Result>(
  { context }: CallWork,
  schema: { parse(result: unknown): Result },
  result: unknown,
): Result {
  const checked = schema.parse(forHistory(result, context.secrets));
  const bytes = Buffer.byteLength(JSON.stringify(checked));
  if (bytes > maxResultBytes)
    throw new Error(`An activity's result of ${bytes} bytes is over the limit of ${maxResultBytes}.`);
  return checked;
}
