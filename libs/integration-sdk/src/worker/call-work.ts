import type { CallWorkflowInput } from '@darkroom/contract';
import type { OperationDefinition } from '../definition/define-integration.ts';
import type { ClaimHold } from './claim-hold.ts';
import type { CallHandler, InputImage, MediaUrl, ProviderRequest } from './call-handler.ts';
import type { IntegrationContext } from './integration-context.ts';
import type { Logger } from './logger.ts';
import type { SpoolAddress } from './main-client.ts';
import type { AnswerOrigin } from './spool-container.ts';

/** A handler whose types were checked where the integration named it. */
export interface AnyCallHandler extends Omit<
  CallHandler<Record<string, unknown>, Record<string, unknown>, unknown>,
  'toProviderRequest'
> {
  toProviderRequest(given: {
    input: Record<string, unknown>;
    images: InputImage[];
    mediaUrls: MediaUrl[];
    settings: unknown;
    callbackUrl?: string;
  }): ProviderRequest;
}

/** One execution of an activity for one attempt of a call, with everything that it works with. */
export interface CallWork {
  context: IntegrationContext<unknown>;
  operation: OperationDefinition;
  handler: AnyCallHandler;
  call: Pick<CallWorkflowInput, 'callId' | 'accountId' | 'integration' | 'operation' | 'input' | 'limits'>;
  attempt: number;
  /** How many of the call's earlier submissions were sent. */
  sentBefore: number;
  workflowId: string;
  runId: string;
  activityId: string;
  claimHold: ClaimHold;
  /** Where the provider may call back about this attempt. */
  callbackUrl?: string;
  /** Whether a result that is not at its address counts as gone: it was waited for, or nobody waits any more. */
  missingIsGone?: boolean;
  /** The id of the report that this execution makes. */
  reportId: string;
  /** Every line carries the call's and the workflow's id. */
  logger: Logger;
}

export function spoolAddressOf({ call, attempt }: Pick<CallWork, 'call' | 'attempt'>): SpoolAddress {
  return { callId: call.callId, attempt };
}

export function originOf({ call, attempt, workflowId, runId }: CallWork): AnswerOrigin {
  const { callId, accountId, integration, operation } = call;
  return { callId, attempt, accountId, integration, operation, workflowId, runId };
}
