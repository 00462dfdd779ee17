import type {
  BatchEvent as LoggedBatchEvent,
  BatchEventData,
  BatchEventType,
  CallEvent as LoggedCallEvent,
  CallEventData,
  CallEventType,
  NotificationEvent as LoggedNotificationEvent,
  NotificationEventData,
  NotificationEventType,
} from '@darkroom/contract';

/** An event of a call; `data` is known by its `type`. */
export type CallEvent = {
  [Type in CallEventType]: Omit<LoggedCallEvent, 'type' | 'data'> & { type: Type; data: CallEventData<Type> };
}[CallEventType];

/** An event of a batch itself; its calls have events of their own. */
export type BatchEvent = {
  [Type in BatchEventType]: Omit<LoggedBatchEvent, 'type' | 'data'> & { type: Type; data: BatchEventData<Type> };
}[BatchEventType];

/** An event of a notification. */
export type NotificationEvent = {
  [Type in NotificationEventType]: Omit<LoggedNotificationEvent, 'type' | 'data'> & {
    type: Type;
    data: NotificationEventData<Type>;
  };
}[NotificationEventType];

/** An entry of an account's log. */
export type AccountEvent = CallEvent | BatchEvent | NotificationEvent;

/** Whose events are meant: one call's, one batch's own, or all of the account. */
export type Subject = { call: string } | { batch: string } | { account: true };

/** What comes of a subject. */
export type EventOf<Followed extends Subject> = Followed extends { call: string }
  ? CallEvent
  : Followed extends { batch: string }
    ? BatchEvent
    : AccountEvent;

const ends: ReadonlySet<AccountEvent['type']> = new Set<AccountEvent['type']>([
  'call.completed',
  'call.failed',
  'call.cancelled',
  'batch.completed',
  'batch.failed',
  'batch.cancelled',
]);

/** Whether nothing of the subject can follow an event. An account has no end. */
export function endsSubject(subject: Subject, { type }: AccountEvent): boolean {
  return !('account' in subject) && ends.has(type);
}

/** How a stream names the subject. */
export function subjectName(subject: Subject): string {
  if ('call' in subject) return subject.call;
  return 'batch' in subject ? subject.batch : 'account';
}
