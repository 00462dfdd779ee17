import {
  type Artifact,
  type Call,
  isTerminal,
  type RequestFulfilment,
  type RequestOfCall,
  type WaitingFor,
} from '@darkroom/contract';
import { never } from '@darkroom/platform-postgres';
import { addArtifactUrls, thumbnailUrl } from '../artifacts/artifact-url.ts';
import { pictureIn } from '../artifacts/picture-in.ts';
import type { ShownCall } from './shown-call.ts';

/** A call as users see it. */
export function presentCall(row: ShownCall, baseUrl: string, lateArtifacts: Artifact[] = []): Call {
  const waitingFor = waitingForOf(row);
  return {
    id: row.id,
    status: row.status,
    callSequence: row.call_sequence,
    integration: row.integration,
    operation: row.operation,
    input: row.input,
    ...(row.output !== null && { output: addArtifactUrls(row.output, baseUrl), ...thumbnailOf(row.output, baseUrl) }),
    ...(row.error !== null && { error: row.error }),
    progress: row.progress,
    ...(waitingFor !== undefined && { waitingFor }),
    ...(row.external_id !== null && { externalId: row.external_id }),
    workflowId: row.id,
    submissions: {
      claimed: row.submissions_claimed,
      accepted: row.submissions_accepted,
      refused: row.submissions_refused,
      unknown: row.submissions_unknown,
    },
    ...(row.request !== null && { request: presentRequest(row.request, row) }),
    ...(row.retry_of !== null && { retryOf: row.retry_of }),
    ...(row.source_artifact_ids !== null && { sourceArtifactIds: row.source_artifact_ids }),
    ...(row.batch_id !== null &&
      row.batch_position !== null && { batchId: row.batch_id, batchPosition: row.batch_position }),
    ...(row.batch_id === null && row.queued_at > row.created_at && { startAt: row.queued_at.toISOString() }),
    ...(row.cancel_after !== null && { cancelAfter: row.cancel_after.toISOString() }),
    ...(row.cancel_requested_at !== null && { cancelRequestedAt: row.cancel_requested_at.toISOString() }),
    ...(row.cancel_result !== null && { cancelResult: row.cancel_result }),
    ...(lateArtifacts.length > 0 && { lateArtifacts }),
    simulated: row.simulated,
    metadata: row.metadata,
    createdAt: row.created_at.toISOString(),
    ...(row.started_at !== null && { startedAt: row.started_at.toISOString() }),
    ...(row.completed_at !== null && { completedAt: row.completed_at.toISOString() }),
    urls: { self: `${baseUrl}/v1/calls/${row.id}`, events: `${baseUrl}/v1/calls/${row.id}/events` },
  };
}

function thumbnailOf(output: Record<string, unknown>, baseUrl: string): Pick<Call, 'thumbnailUrl'> {
  const picture = pictureIn(output);
  return picture === undefined ? {} : { thumbnailUrl: thumbnailUrl(picture.artifactId, baseUrl) };
}

function presentRequest(
  fulfilment: RequestFulfilment,
  { request_id: requestId, user_id: userId }: ShownCall,
): RequestOfCall {
  return { ...fulfilment, ...(requestId !== null && { requestId }), ...(userId !== null && { userId }) };
}

function waitingForOf(row: ShownCall): WaitingFor | undefined {
  if (isTerminal(row.status)) return undefined;
  if (row.status === 'pending') return waitsToStart(row) ?? 'engine';
  if (row.waiting_for !== null) return row.waiting_for;
  const known = row.submissions_accepted + row.submissions_refused + row.submissions_unknown;
  if (row.submissions_claimed > known) return 'provider';
  // Once a submission was accepted there is nothing to wait for: its result is being stored.
  return row.submissions_accepted > 0 ? undefined : 'slot';
}

function waitsToStart({ queued_at, batch_id }: ShownCall): WaitingFor | undefined {
  if (queued_at.getTime() === never.getTime()) return 'batch';
  // A batch releases its calls for now; what its clock is ahead of ours is no wait.
  return batch_id === null && queued_at.getTime() > Date.now() ? 'start_time' : undefined;
}
