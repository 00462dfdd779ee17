import type { DeliveryResult, NotificationWorkflowInput, PreparedNotification } from '@darkroom/contract';
import type { GuardedClient } from '@darkroom/platform-http';
import type { Logger } from '@darkroom/integration-sdk/worker';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { busyPauseSeconds } from './busy-pause.ts';
import type { Mailer } from './mailer.ts';
import type { NotificationClient } from './notification-client.ts';
import { postNotification } from './post-notification.ts';
import { createReceiverSlots, type ReceiverPlace, type ReceiverSlots } from './receiver-slots.ts';

export interface NotificationContext {
  main: NotificationClient;
  guardedClient: Pick<GuardedClient, 'post'>;
  /** Undefined where no mail server is set up. */
  mailer: Mailer | undefined;
  logger: Logger;
  slots?: ReceiverSlots;
}

export interface NotificationActivities {
  deliverNotification(input: NotificationWorkflowInput): Promise<void>;
}

type PreparedMessage = Extract<PreparedNotification, { kind: 'post' | 'mail' }>;

const heartbeatMs = 4_000;

/** The activity that delivers notifications. It may run twice: receivers know a notification by its id. */
export function createNotificationActivities({
  main,
  guardedClient,
  mailer,
  logger,
  slots = createReceiverSlots(),
}: NotificationContext): NotificationActivities {
  async function deliver({ notificationId, accountId, round }: NotificationWorkflowInput): Promise<void> {
    const prepared = await main.prepare(notificationId, round);
    if (prepared === undefined || prepared.kind === 'over') return;
    if (prepared.kind === 'not_due') throw again('It is not due yet.', prepared.afterSeconds);
    if (prepared.kind === 'unsendable') {
      const result = { kind: 'refused', reason: prepared.reason } as const;
      await main.report(notificationId, { round, startedAt: new Date().toISOString(), result });
      return;
    }
    const slot = await slots.take(placeOf(accountId, prepared));
    if (slot === undefined) {
      logger.debug({ notification_id: notificationId }, 'the receiver is busy with other notifications');
      const afterSeconds = busyPauseSeconds(activityInfo().attempt, Math.random());
      throw again('The receiver is busy with other notifications of the account.', afterSeconds);
    }
    const startedAt = new Date().toISOString();
    const result = await send(prepared, notificationId).finally(() => slot.release());
    const decision = await main.report(notificationId, { round, startedAt, result });
    if (decision?.kind === 'again') throw again(`The attempt failed${statusOf(result)}.`, decision.afterSeconds);
  }

  function send(prepared: PreparedMessage, notificationId: string): Promise<DeliveryResult> {
    if (prepared.kind === 'post') return postNotification(guardedClient, prepared);
    if (mailer !== undefined) return mailer.send(prepared, notificationId);
    const reason = 'This worker has no mail server: the operator has to set SMTP_URL for every worker.';
    return Promise.resolve({ kind: 'failed', reason });
  }

  return {
    async deliverNotification(input) {
      // Temporal notices in seconds that a worker is gone, and lets another one deliver.
      const timer = setInterval(() => heartbeat(), heartbeatMs);
      try {
        await deliver(input);
      } finally {
        clearInterval(timer);
      }
    },
  };
}

/** Ends this execution; the next one begins after so many seconds. Nothing of the receiver enters the workflow's history. */
function again(message: string, afterSeconds: number): ApplicationFailure {
  const nextRetryDelay = Math.ceil(afterSeconds * 1000);
  const category = ApplicationFailureCategory.BENIGN;
  return ApplicationFailure.create({ message, type: 'NotDelivered', nextRetryDelay, category });
}

function statusOf({ status }: DeliveryResult): string {
  return status === undefined ? '' : ` with status ${status}`;
}

function placeOf(accountId: string, prepared: PreparedMessage): ReceiverPlace {
  return { accountId, receiver: prepared.kind === 'mail' ? 'mail' : hostOf(prepared.url) };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
