import { Context } from '@temporalio/activity';
import type { CallReport } from '@darkroom/contract';
import {
  type CallActivityResult,
  callActivityResultSchema,
  type ReportInput,
  reportInputSchema,
  type StoreInput,
  storeInputSchema,
  type SubmitInput,
  submitInputSchema,
} from '../call/call-activity.schema.ts';
import type { IntegrationDefinition } from '../definition/define-integration.ts';
import { createClaimHold } from './claim-hold.ts';
import { type AnyCallHandler, type CallWork, spoolAddressOf } from './call-work.ts';
import type { CallHandlers, Settled } from './handlers-of.ts';
import { heartbeatWhile } from './heartbeat-while.ts';
import type { IntegrationContext } from './integration-context.ts';
import { messageOf } from './error-message.ts';
import { obtainAnswer } from './obtain-answer.ts';
import { parkAnswer, settleOrPark } from './park-answer.ts';
import { recoverAnswer } from './recover-answer.ts';
import { reportCall } from './report-call.ts';
import { createRunningAttempts } from './running-attempts.ts';
import { readAnswer, settleAnswer } from './settle-answer.ts';
import type { AnswerOrigin } from './spool-container.ts';
import { storeSpooled } from './store-spooled.ts';
import { toApplicationFailure } from './to-application-failure.ts';
import { WorkerStopping } from './until-answered.ts';

/** The activities of the delivery kind `call`; an integration exports them under names of its own. */
export interface CallActivities {
  /** Claims the attempt, makes the paid request and hands the answer to the spool of `main`. */
  submit(input: SubmitInput): Promise<CallActivityResult>;
  /** Stores a spooled answer and reports. */
  store(input: StoreInput): Promise<CallActivityResult>;
  /** Both at once, which is the cheapest; the spool of `main` is used only where storage is away. */
  submitAndStore(input: SubmitInput): Promise<CallActivityResult>;
  /** Delivers a report that could not be delivered, or reports that storing was given up. Answers what it reported. */
  report(input: ReportInput): Promise<CallReport>;
}

const maxResultBytes = 16 * 1024;
const handedBackAfterSeconds = 1;

/** Builds the activities of the delivery kind `call` from an integration's handlers. */
export function createCallActivities<const Definition extends IntegrationDefinition>({
  definition,
  handlers,
  context,
}: {
  definition: Definition;
  handlers: CallHandlers<Definition>;
  context: IntegrationContext<Settled<Definition>>;
}): CallActivities {
  const partsOf = (operationName: string): Pick<CallWork, 'context' | 'operation' | 'handler'> => {
    const operation = definition.operations[operationName];
    const handler = (handlers as Record<string, AnyCallHandler>)[operationName];
    if (!operation || !handler)
      throw new Error(`The integration ${definition.name} has no operation "${operationName}".`);
    return { context, operation, handler };
  };

  const workFor = ({
    call,
    attempt,
    reportNumber,
    sentBefore,
  }: Pick<SubmitInput, 'call' | 'attempt' | 'reportNumber' | 'sentBefore'>): CallWork => {
    const identity = currentActivity();
    const logger = callLogger(context, identity.workflowId, call.callId);
    return {
      ...partsOf(call.operation),
      ...identity,
      call,
      attempt,
      sentBefore,
      claimHold: createClaimHold({ main: context.main, callId: call.callId, logger }),
      reportId: `${identity.runId}:${reportNumber}`,
      logger,
    };
  };

  const attempts = createRunningAttempts();
  const performOnce = (work: CallWork, act: () => Promise<CallActivityResult>) =>
    perform(work, () => attempts.joinOrRun(spoolAddressOf(work), act));

  const perform = async (work: CallWork, act: () => Promise<CallActivityResult>): Promise<CallActivityResult> => {
    const beside = () => {
      work.claimHold.confirm();
      context.localSpool.touch(spoolAddressOf(work)).catch((error: unknown) => {
        work.logger.warn(
          { attempt: work.attempt, reason: messageOf(error) },
          'the answer on the disk could not be touched',
        );
      });
    };
    try {
      return checkResult(await heartbeatWhile(act, beside));
    } catch (error) {
      if (error instanceof WorkerStopping)
        return { status: 'waiting', for: 'worker', afterSeconds: handedBackAfterSeconds };
      work.logger.error({ attempt: work.attempt, error }, 'the activity failed and is run again');
      throw toApplicationFailure(error, context.secrets);
    }
  };

  context.lateAnswers.handledBy(definition.name, async (answer) => {
    const { origin } = answer;
    const known = await context.main.getCall(origin.callId);
    if (known) await recoverAnswer(workForFound(context, partsOf(origin.operation), { ...known, ...origin }), answer);
  });

  return {
    submit(given) {
      const input = submitInputSchema.parse(given);
      const work = workFor(input);
      return performOnce(work, async () => {
        const obtained = await obtainAnswer(work, input);
        if (obtained.status !== 'answered') return obtained;
        return readAnswer(work, obtained.answer).kind === 'accepted'
          ? parkAnswer(work, obtained)
          : settleAnswer(work, obtained);
      });
    },
    submitAndStore(given) {
      const input = submitInputSchema.parse(given);
      const work = workFor(input);
      return performOnce(work, async () => {
        const obtained = await obtainAnswer(work, input);
        return obtained.status === 'answered' ? settleOrPark(work, obtained) : obtained;
      });
    },
    store(given) {
      const input = storeInputSchema.parse(given);
      const work = workFor(input);
      return perform(work, () => storeSpooled(work, input));
    },
    async report(given) {
      const input = reportInputSchema.parse(given);
      const identity = currentActivity();
      const reportId = input.kind === 'deliver' ? input.report.reportId : `${identity.runId}:${input.reportNumber}`;
      const logger = callLogger(context, identity.workflowId, input.callId);
      try {
        return await reportCall({ ...identity, reportId, context, logger, call: { callId: input.callId } }, input);
      } catch (error) {
        throw toApplicationFailure(error, context.secrets);
      }
    },
  };
}

function currentActivity(): Pick<CallWork, 'workflowId' | 'runId' | 'activityId'> {
  const { workflowExecution, activityId } = Context.current().info;
  if (!workflowExecution) throw new Error('The activities of a call run in its workflow only.');
  return { workflowId: workflowExecution.workflowId, runId: workflowExecution.runId, activityId };
}

function callLogger({ logger }: Pick<IntegrationContext, 'logger'>, workflowId: string, callId: string) {
  return logger.child({ call_id: callId, workflow_id: workflowId });
}

function workForFound(
  context: IntegrationContext<unknown>,
  parts: Pick<CallWork, 'context' | 'operation' | 'handler'>,
  found: CallWork['call'] & AnswerOrigin,
): CallWork {
  const { attempt, workflowId, runId } = found;
  const logger = callLogger(context, workflowId, found.callId);
  return {
    ...parts,
    call: found,
    attempt,
    sentBefore: attempt - 1,
    workflowId,
    runId,
    activityId: 'sweep',
    claimHold: createClaimHold({ main: context.main, callId: found.callId, logger }),
    reportId: `${runId}:found-${attempt}`,
    logger,
  };
}

function checkResult(result: CallActivityResult): CallActivityResult {
  const checked = callActivityResultSchema.parse(result);
  const bytes = Buffer.byteLength(JSON.stringify(checked));
  if (bytes > maxResultBytes)
    throw new Error(`An activity's result of ${bytes} bytes is over the limit of ${maxResultBytes}.`);
  return checked;
}
