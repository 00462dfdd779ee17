import type { ProviderTask } from '../call/poll-activity.schema.ts';
import type { IntegrationDefinition } from '../definition/define-integration.ts';
import { workFor, type WorkParts } from './activity-work.ts';
import type { AnyCallHandler, CallWork } from './call-work.ts';
import type { IntegrationContext } from './integration-context.ts';
import type { PollHandler } from './poll-handler.ts';

/** A handler whose types were checked where the integration named it. */
export type AnyPollHandler = PollHandler<Record<string, unknown>, Record<string, unknown>, unknown>;

/** One execution of an activity for a task at the provider. */
export interface TaskWork extends CallWork {
  task: ProviderTask;
  poll: AnyPollHandler;
  /** What to configure where the credentials of the submission are known no more; undefined where they are. */
  missingCredentials: string | undefined;
}

type TaskIdentity = Pick<ProviderTask, 'externalId' | 'credentialId'>;

/** Reads the answer to a submission: it holds no result, but the id of the task. */
export function submissionHandlerOf(poll: AnyPollHandler): AnyCallHandler {
  return {
    ...poll,
    fromProviderResponse(given) {
      const outcome = poll.fromProviderResponse(given);
      return outcome.kind === 'accepted' ? { ...outcome, results: [] } : outcome;
    },
  };
}

/** Reads what was kept of a task that has succeeded, as if it were the answer to a slow request. */
function resultHandlerOf(poll: AnyPollHandler, externalId: string): AnyCallHandler {
  return {
    ...poll,
    fromProviderResponse(given) {
      const outcome = poll.fromPollResponse({ ...given, externalId });
      if (outcome.kind === 'succeeded') return { ...outcome, kind: 'accepted', externalId };
      if (outcome.kind === 'failed') return { ...outcome, externalId };
      throw new Error(`The kept result of the task reads as "${outcome.kind}" now; it stays where it is.`);
    },
  };
}

/** The parts for a task: every step after the submission uses the credentials that made it. */
export function resultPartsOf(
  {
    context,
    operation,
    poll,
  }: { context: IntegrationContext<unknown>; operation: WorkParts['operation']; poll: AnyPollHandler },
  { externalId, credentialId }: TaskIdentity,
): WorkParts {
  const settings = context.settingsOf(credentialId);
  return { context: { ...context, settings }, operation, handler: resultHandlerOf(poll, externalId) };
}

export function taskWorkFor(
  parts: {
    context: IntegrationContext<unknown>;
    definition: IntegrationDefinition;
    poll: AnyPollHandler;
    operation: WorkParts['operation'];
  },
  input: Omit<Parameters<typeof workFor>[1], 'attempt'> & { task: ProviderTask },
): TaskWork {
  const { context, definition, poll } = parts;
  const { task } = input;
  const isKnown = context.settingsOf(task.credentialId) !== undefined;
  return {
    ...workFor(resultPartsOf(parts, task), { ...input, attempt: task.attempt }),
    task,
    poll,
    missingCredentials: isKnown ? undefined : whatToConfigure(definition, task.credentialId),
  };
}

function whatToConfigure({ settings }: IntegrationDefinition, credentialId: string): string {
  const variables = Object.values(settings).flatMap(({ variable, secret }) => (secret ? [`${variable}_PREVIOUS`] : []));
  return `The credentials that made the submission (${credentialId}) are configured no more. Set ${variables.join(', ')} to them.`;
}
