import type { DeliveryAttempt, Notification } from '@darkroom/contract';
import type { NotificationAttemptRow, NotificationRow } from '../database/notification-tables.ts';
import { showTarget } from './show-target.ts';

export type TargetedNotification = NotificationRow & { target: string };

/** A notification as its account sees it. */
export function presentNotification(row: TargetedNotification): Notification {
  return {
    id: row.id,
    subscriptionId: row.subscription_id,
    channel: row.channel,
    target: showTarget(row.channel, row.target),
    ...(row.call_id !== null && { callId: row.call_id }),
    ...(row.batch_id !== null && { batchId: row.batch_id }),
    event: { sequence: row.sequence, type: row.event_type },
    status: row.status,
    attemptCount: row.attempt_count,
    ...(row.last_status !== null && { lastStatus: row.last_status }),
    ...(row.last_error !== null && { lastError: row.last_error }),
    ...(row.next_attempt_at !== null && { nextAttemptAt: row.next_attempt_at.toISOString() }),
    createdAt: row.created_at.toISOString(),
    ...(row.delivered_at !== null && { deliveredAt: row.delivered_at.toISOString() }),
  };
}

export function presentAttempt(row: NotificationAttemptRow): DeliveryAttempt {
  return {
    attempt: row.attempt,
    outcome: row.outcome,
    ...(row.status !== null && { status: row.status }),
    ...(row.error !== null && { error: row.error }),
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at.toISOString(),
  };
}
