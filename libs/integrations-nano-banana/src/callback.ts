import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallbackDefinition, CallbackReading } from '@darkroom/integration-sdk';
import { z } from 'zod';
import { callbackSchema } from './provider-api.schema.ts';

/** The vendor names no tolerance: the one of Standard Webhooks. */
const maxAgeSeconds = 300;
const unfinishedStates = new Set(['waiting', 'queuing', 'generating']);

/** kie.ai signs the task's id and the time, and not the body: whatever the body says is only a hint to look. */
export const callback: CallbackDefinition = {
  settings: {
    hmacKey: {
      variable: 'NANO_BANANA_WEBHOOK_HMAC_KEY',
      schema: z.string().trim().min(1, 'must not be empty').optional(),
      description:
        'The `webhookHmacKey` of kie.ai, where one was generated in its settings: then callbacks without a right signature are refused.',
      example: 'a-webhook-key-from-kie-ai',
      secret: true,
      optional: true,
    },
  },
  read: ({ headers, body, settings, now }) => {
    const task = callbackSchema.safeParse(body).data?.data;
    const taskId = task?.taskId ?? task?.task_id;
    if (taskId === undefined) return refused(400, 'The body names no task.');
    const reason = faultOfSignature({ key: settings['hmacKey'], headers, taskId, now });
    if (reason !== undefined) return refused(401, reason);
    return { kind: 'accepted', externalId: taskId, isFinal: !unfinishedStates.has(task?.state ?? '') };
  },
  answer: { code: 200, msg: 'success' },
};

function refused(status: 400 | 401, reason: string): CallbackReading {
  return { kind: 'refused', status, reason };
}

interface SignedTask {
  key: unknown;
  headers: Readonly<Record<string, string>>;
  taskId: string;
  now: Date;
}

/** `X-Webhook-Signature: base64(HMAC-SHA256(key, "<taskId>.<X-Webhook-Timestamp>"))`, the time in seconds. */
function faultOfSignature({ key, headers, taskId, now }: SignedTask): string | undefined {
  if (typeof key !== 'string') return undefined;
  const signature = headers['x-webhook-signature'];
  const timestamp = headers['x-webhook-timestamp'];
  if (signature === undefined || timestamp === undefined) return 'The callback is not signed.';
  if (!/^\d{1,12}$/.test(timestamp)) return "The signature's timestamp is no time in seconds.";
  const expected = createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest();
  const given = Buffer.from(signature, 'base64');
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return 'The signature is wrong.';
  const isNow = Math.abs(now.getTime() / 1000 - Number(timestamp)) <= maxAgeSeconds;
  return isNow ? undefined : 'The signature is too old, or of the future.';
}
