import type { DeliveryAttempt, NotificationChannel, NotificationStatus, NotifiedEventType } from '@darkroom/contract';
import type { ColumnType, Generated, Selectable } from 'kysely';

type Time = ColumnType<Date, Date | string, Date | string>;

/** Without a call and a batch it is the account's own. It never changes, except that it ends. */
export interface SubscriptionsTable {
  id: string;
  account_id: string;
  call_id: string | null;
  batch_id: string | null;
  channel: NotificationChannel;
  /** An address: it may be a secret. */
  target: string;
  /** Null where the account's own says nothing: what ends, and no call of a batch. */
  event_types: NotifiedEventType[] | null;
  /** Only events after this one are told. */
  after_sequence: Generated<number>;
  /** The last event that is told, where others have taken its place; it may be read later. */
  until_sequence: number | null;
  created_at: Generated<Date>;
  ended_at: Time | null;
  ended_reason: string | null;
}
export type SubscriptionRow = Selectable<SubscriptionsTable>;

/** Up to where an account's log has been read for notifications. Only accounts that ever had a subscription have one. */
export interface NotificationCursorsTable {
  account_id: string;
  sequence: number;
}

export interface NotificationsTable {
  id: string;
  account_id: string;
  subscription_id: string;
  call_id: string | null;
  batch_id: string | null;
  sequence: number;
  event_type: NotifiedEventType;
  event_created_at: Time;
  channel: NotificationChannel;
  status: Generated<NotificationStatus>;
  /** Grows with each resend; each has a workflow of its own. */
  round: Generated<number>;
  round_started_at: Generated<Date>;
  round_attempts: Generated<number>;
  attempt_count: Generated<number>;
  last_status: number | null;
  last_error: string | null;
  next_attempt_at: Time | null;
  /** When its start may be tried again, or its workflow should be looked for. */
  look_after: Time | null;
  created_at: Generated<Date>;
  delivered_at: Time | null;
}
export type NotificationRow = Selectable<NotificationsTable>;

export interface NotificationAttemptsTable {
  notification_id: string;
  attempt: number;
  outcome: DeliveryAttempt['outcome'];
  status: number | null;
  error: string | null;
  started_at: Time;
  ended_at: Generated<Date>;
}
export type NotificationAttemptRow = Selectable<NotificationAttemptsTable>;

/** Secrets are derived: only which there are is stored. */
export interface WebhookSecretsTable {
  account_id: string;
  generation: number;
  created_at: Generated<Date>;
  /** Null while it is the newest. */
  valid_until: Time | null;
}

export interface NotificationTables {
  subscriptions: SubscriptionsTable;
  notification_cursors: NotificationCursorsTable;
  notifications: NotificationsTable;
  notification_attempts: NotificationAttemptsTable;
  webhook_secrets: WebhookSecretsTable;
}
