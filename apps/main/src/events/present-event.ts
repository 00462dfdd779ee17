import type { CallEvent } from '@darkroom/contract';
import { addArtifactUrls } from '../artifacts/artifact-url.ts';
import type { EventRow } from '../database/schema.ts';

/** An event as every channel shows it. */
export function presentEvent(row: EventRow, baseUrl: string): CallEvent {
  return {
    sequence: row.sequence,
    callSequence: row.call_sequence,
    callId: row.call_id,
    type: row.type,
    status: row.status,
    ...(row.external_id !== null && { externalId: row.external_id }),
    data: addArtifactUrls(row.data, baseUrl),
    createdAt: row.created_at.toISOString(),
  };
}
