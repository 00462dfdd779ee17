import type { AccountEvent } from '@darkroom/contract';
import { addArtifactUrls } from '../artifacts/artifact-url.ts';
import type { EventRow } from '../database/schema.ts';

/** An event as every channel shows it. */
export function presentEvent(row: EventRow, baseUrl: string): AccountEvent {
  return accountEventOf(row, {
    sequence: row.sequence,
    data: addArtifactUrls(row.data, baseUrl),
    createdAt: row.created_at.toISOString(),
  });
}

function accountEventOf(row: EventRow, head: Pick<AccountEvent, 'sequence' | 'data' | 'createdAt'>): AccountEvent {
  const { type, status } = row;
  if (row.batch_id !== null) return { ...head, batchId: row.batch_id, type, status } as AccountEvent;
  if (row.notification_id !== null) return { ...head, notificationId: row.notification_id, type } as AccountEvent;
  return {
    sequence: head.sequence,
    callSequence: row.call_sequence,
    callId: row.call_id,
    type,
    status,
    ...(row.external_id !== null && { externalId: row.external_id }),
    data: head.data,
    createdAt: head.createdAt,
  } as AccountEvent;
}
