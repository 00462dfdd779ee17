import type { NotificationWorkflowInput } from '@darkroom/contract';
import { proxyActivities } from '@temporalio/workflow';
import type { NotificationActivities } from './create-notification-activities.ts';

const { deliverNotification } = proxyActivities<NotificationActivities>({
  // Waiting for a turn, asking main twice, and the slowest receiver.
  startToCloseTimeout: '90 seconds',
  heartbeatTimeout: '15 seconds',
  // What a failed attempt asks for goes first; this is for failures of our own.
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * Delivers one notification. An attempt that failed fails its activity with the time of the next one, so that the history is the same after
 * one attempt and after twenty.
 */
export async function notificationWorkflow(input: NotificationWorkflowInput): Promise<void> {
  await deliverNotification(input);
}
