import { createHmac } from 'node:crypto';

/** The `webhookHmacKey` that every account of the simulated kie has. */
export const simulatorWebhookKey = 'simulator-webhook-key';

/** What kie signs of a callback: the task's id and the time in Unix seconds, never the body. */
export function webhookSignature(key: string, taskId: string, timestamp: number): string {
  return createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest('base64');
}
