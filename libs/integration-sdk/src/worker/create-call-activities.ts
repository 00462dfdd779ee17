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
import {
  callLogger,
  checkResult,
  currentActivity,
  keepAlive,
  workFor,
  workForFound,
  type WorkParts,
} from './activity-work.ts';
import { type AnyCallHandler, type CallWork, spoolAddressOf } from './call-work.ts';
import type { CallHandlers, Settled } from './handlers-of.ts';
import { callFollowUp } from './follow-call-submission.ts';
import { heartbeatWhile } from './heartbeat-while.ts';
import type { IntegrationContext } from './integration-context.ts';
import { isLapseOver } from './lapse.ts';
import { obtainAnswer } from './obtain-answer.ts';
import { parkAnswer, settleOrPark } from './park-answer.ts';
import { recoverAnswer } from './recover-answer.ts';
import { reportCall } from './report-call.ts';
import { createRunningAttempts } from './running-attempts.ts';
import { readAnswer, settleAnswer } from './settle-answer.ts';
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
  const partsOf = (operationName: string): WorkParts => {
    const operation = definition.operations[operationName];
    const handler = (handlers as Record<string, AnyCallHandler>)[operationName];
    if (!operation || !handler)
      throw new Error(`The integration ${definition.name} has no operation "${operationName}".`);
    return { context, operation, handler };
  };

  const workOf = (input: Pick<SubmitInput, 'call' | 'attempt' | 'reportNumber' | 'sentBefore'>): CallWork =>
    workFor(partsOf(input.call.operation), input);

  const attempts = createRunningAttempts<CallActivityResult>();
  const performOnce = (work: CallWork, act: () => Promise<CallActivityResult>) =>
    perform(work, () => attempts.joinOrRun(spoolAddressOf(work), act));

  const perform = async (work: CallWork, act: () => Promise<CallActivityResult>): Promise<CallActivityResult> => {
    try {
      return checkResult(work, callActivityResultSchema, await heartbeatWhile(act, () => keepAlive(work)));
    } catch (error) {
      if (error instanceof WorkerStopping)
        return { status: 'waiting', for: 'worker', afterSeconds: handedBackAfterSeconds };
      work.logger.error({ attempt: work.attempt, error }, 'the activity failed and is run again');
      throw toApplicationFailure(error, context.secrets);
    }
  };

  context.lateAnswers.handledBy(definition.name, Object.keys(handlers), async (answer) => {
    const { origin } = answer;
    const known = await context.main.getCall(origin.callId);
    if (known) await recoverAnswer(workForFound(partsOf(origin.operation), { ...known, ...origin }), answer);
  });

  return {
    submit(given) {
      const input = submitInputSchema.parse(given);
      const work = workOf(input);
      return performOnce(work, async () => {
        const obtained = await obtainAnswer(work, input, callFollowUp);
        if (obtained.status !== 'answered') return obtained;
        return readAnswer(work, obtained.answer).kind === 'accepted'
          ? parkAnswer(work, obtained)
          : settleAnswer(work, obtained);
      });
    },
    submitAndStore(given) {
      const input = submitInputSchema.parse(given);
      const work = workOf(input);
      return performOnce(work, async () => {
        const obtained = await obtainAnswer(work, input, callFollowUp);
        return obtained.status === 'answered' ? settleOrPark(work, obtained) : obtained;
      });
    },
    store(given) {
      const input = storeInputSchema.parse(given);
      const work = workOf(input);
      return perform(work, () => storeSpooled({ ...work, missingIsGone: isLapseOver(context) }, input));
    },
    async report(given) {
      const input = reportInputSchema.parse(given);
      const identity = currentActivity();
      const reportId = input.kind === 'deliver' ? input.report.reportId : `${identity.runId}:${input.reportNumber}`;
      const logger = callLogger(context, identity.workflowId, input.callId);
      const work = { ...identity, reportId, context, logger, call: { callId: input.callId } };
      try {
        return await heartbeatWhile(() => reportCall(work, input));
      } catch (error) {
        throw toApplicationFailure(error, context.secrets);
      }
    },
  };
}
