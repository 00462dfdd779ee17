import { type CallbackDefinition, findSignatureFault } from '@darkroom/integration-sdk';
import { callbackSchema } from './provider-api.schema.ts';
import { callbackSettings } from './settings.ts';

const unfinishedStates = new Set(['waiting', 'queuing', 'generating']);

/**
 * `X-Webhook-Signature: base64(HMAC-SHA256(key, "<taskId>.<X-Webhook-Timestamp>"))`, where a key was generated. The body is not signed:
 * whatever it says is only a hint to look.
 */
export const callback: CallbackDefinition = {
  settings: callbackSettings,
  read: ({ headers, body, settings: { hmacKey: key }, now }) => {
    const task = callbackSchema.safeParse(body).data?.data;
    const taskId = task?.taskId ?? task?.task_id;
    if (taskId === undefined) return { kind: 'refused', status: 400, reason: 'The body names no task.' };
    const { 'x-webhook-signature': signature, 'x-webhook-timestamp': seconds } = headers;
    const signed = {
      text: `${taskId}.${seconds}`,
      signature,
      encoding: 'base64',
      timestamp: { seconds, now },
    } as const;
    const fault = typeof key === 'string' ? findSignatureFault({ key, ...signed }) : undefined;
    if (fault !== undefined) return { kind: 'refused', status: 401, reason: fault };
    return { kind: 'accepted', externalId: taskId, isFinal: !unfinishedStates.has(task?.state ?? '') };
  },
  answer: { code: 200, msg: 'success' },
};
