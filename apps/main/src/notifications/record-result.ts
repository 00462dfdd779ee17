import type { DeliveryDecision, DeliveryReport, DeliveryResult } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { NotificationRow } from '../database/notification-tables.ts';
import type { Database } from '../database/schema.ts';
import { storableText } from '../database/storable-text.ts';
import { appendEvents, type NotificationEventDraft } from '../events/append-events.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { NotificationMetrics } from '../metrics/notification-metrics.ts';
import { silenceSeconds } from './delivery-starter.ts';
import { endSubscription, lockSubscription } from './end-subscription.ts';
import { nextAttempt, type RetrySchedule } from './retry-schedule.ts';

export interface RecordingDependencies {
  database: Kysely<Database>;
  eventBus: Pick<EventBus, 'published'>;
  metrics: NotificationMetrics;
  schedule: RetrySchedule;
  logger: Logger;
  random?: () => number;
}

type Locked = NotificationRow & { now: Date };

interface Change {
  decision: DeliveryDecision;
  /** Undefined where the notification stays as it is. */
  columns?: Partial<Pick<NotificationRow, 'status' | 'next_attempt_at' | 'look_after' | 'delivered_at' | 'last_error'>>;
  events: NotificationEventDraft[];
}

/**
 * Notes what became of an attempt and decides what follows. A report about a notification that is over changes nothing but the list of its
 * attempts. Undefined where there is no such notification.
 */
export async function recordResult(
  dependencies: RecordingDependencies,
  id: string,
  received: DeliveryReport,
): Promise<DeliveryDecision | undefined> {
  const report = storableText(received);
  const done = await dependencies.database.transaction().execute(async (transaction) => {
    if (report.result.kind === 'gone') await lockSubscription(transaction, id);
    const notification = await lock(transaction, id);
    if (notification === undefined) return undefined;
    const isOpen = notification.status === 'pending' || notification.status === 'delivering';
    const change =
      isOpen && notification.round === report.round
        ? await decide(dependencies, transaction, { notification, report })
        : { decision: over, events: [] };
    await save(transaction, notification, { report, change });
    const lastSequence =
      change.events.length === 0 ? undefined : await appendEvents(transaction, notification.account_id, change.events);
    return { notification, change, lastSequence };
  });
  if (done === undefined) return undefined;
  const { notification, change, lastSequence } = done;
  if (lastSequence !== undefined) dependencies.eventBus.published(notification.account_id, lastSequence);
  dependencies.metrics.observe(notification.channel, report.result.kind);
  log(dependencies.logger, notification, { result: report.result, change });
  return change.decision;
}

const over = { kind: 'over' } as const;

function lock(transaction: Transaction<Database>, id: string): Promise<Locked | undefined> {
  return transaction
    .selectFrom('notifications')
    .selectAll()
    .select(sql<Date>`clock_timestamp()`.as('now'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

interface Attempted {
  notification: Locked;
  report: DeliveryReport;
}

async function decide(
  { schedule, random = Math.random }: RecordingDependencies,
  transaction: Transaction<Database>,
  { notification, report: { result } }: Attempted,
): Promise<Change> {
  const { now } = notification;
  if (result.kind === 'delivered') return ended({ status: 'delivered', delivered_at: now });
  if (result.kind === 'gone') {
    const events = await endSubscription(transaction, notification, result.reason);
    return ended({ status: 'ended' }, events);
  }
  if (result.kind === 'refused') return givenUp(notification, result.reason);
  const { retryAfterSeconds = 0 } = result;
  const next = nextAttempt(schedule, {
    failures: notification.round_attempts + 1,
    elapsedSeconds: (now.getTime() - notification.round_started_at.getTime()) / 1000,
    retryAfterSeconds,
    random: random(),
  });
  if (next.kind === 'given_up')
    return givenUp(notification, next.because === 'time_over' ? result.reason : askedForLonger(retryAfterSeconds));
  const nextAttemptAt = new Date(now.getTime() + next.afterSeconds * 1000);
  return {
    decision: next,
    columns: {
      status: 'delivering',
      next_attempt_at: nextAttemptAt,
      look_after: new Date(nextAttemptAt.getTime() + silenceSeconds * 1000),
    },
    events: [],
  };
}

function ended(columns: NonNullable<Change['columns']>, events: NotificationEventDraft[] = []): Change {
  return { decision: over, columns: { ...columns, next_attempt_at: null, look_after: null }, events };
}

function givenUp({ id, channel, call_id, batch_id, attempt_count }: Locked, reason: string): Change {
  const about = call_id ?? batch_id ?? '';
  const data = { channel, about, attempts: attempt_count + 1, reason };
  return ended({ status: 'failed', last_error: reason }, [{ notificationId: id, type: 'notification.given_up', data }]);
}

function askedForLonger(seconds: number): string {
  const hours = Math.ceil(seconds / 3600);
  return `The receiver asked for no other attempt within ${hours} h: by then the time for this notification is over.`;
}

async function save(
  transaction: Transaction<Database>,
  { id, attempt_count, round_attempts }: Locked,
  { report: { result, startedAt }, change }: { report: DeliveryReport; change: Change },
): Promise<void> {
  const attempt = attempt_count + 1;
  const status = result.status ?? null;
  const error = result.kind === 'delivered' ? null : result.reason;
  await transaction
    .insertInto('notification_attempts')
    .values({
      notification_id: id,
      attempt,
      outcome: result.kind === 'delivered' ? 'delivered' : 'failed',
      status,
      error,
      started_at: startedAt,
    })
    .execute();
  await transaction
    .updateTable('notifications')
    .set({
      attempt_count: attempt,
      ...(change.columns && {
        round_attempts: round_attempts + 1,
        last_status: status,
        last_error: error,
        ...change.columns,
      }),
    })
    .where('id', '=', id)
    .execute();
}

function log(
  logger: Logger,
  { id, channel, call_id, batch_id, attempt_count }: Locked,
  { result, change }: { result: DeliveryResult; change: Change },
): void {
  const fields = {
    notification_id: id,
    ...(call_id !== null && { call_id, workflow_id: call_id }),
    ...(batch_id !== null && { batch_id }),
    channel,
    attempt: attempt_count + 1,
    ...(result.status !== undefined && { status: result.status }),
  };
  if (result.kind === 'delivered') logger.info(fields, 'notification delivered');
  else if (change.decision.kind === 'again')
    logger.warn({ ...fields, reason: result.reason }, 'notification not delivered: it is tried again');
  else
    logger.error(
      { ...fields, reason: change.columns?.last_error ?? result.reason },
      'notification not delivered: it is not tried again',
    );
}
