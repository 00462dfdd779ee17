import { createHmac, timingSafeEqual } from 'node:crypto';
import { defineIntegration, defineOperation, type IntegrationDefinition } from '@darkroom/integration-sdk';
import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';

const bodySchema = z.object({ id: z.string().min(1), status: z.string() });
const toleranceSeconds = 300;
const output = z.object({});
const limits = { deadlineSeconds: 60, maxSubmissions: 1, maxQueueSeconds: 60, whenOutcomeUnknown: 'fail' } as const;
const image = mediaReferenceSchema.optional();

/** An integration for tests: its provider calls back with a signature over the id and the time. */
export const callingBack: IntegrationDefinition = defineIntegration({
  name: 'calling-back',
  title: 'Calling back',
  description: 'For tests.',
  settings: {},
  simulatorSettings: () => ({}),
  callback: {
    settings: {
      key: {
        variable: 'CALLING_BACK_KEY',
        schema: z.string().optional(),
        description: 'Signs callbacks.',
        example: 'a-key',
        secret: true,
        optional: true,
      },
    },
    answer: { code: 200, msg: 'success' },
    read({ headers, body, settings: { key }, now }) {
      const parsed = bodySchema.safeParse(body);
      if (!parsed.success) return { kind: 'refused', status: 400, reason: 'The body is no callback.' };
      const { id, status } = parsed.data;
      const time = headers['x-time'] ?? '';
      if (typeof key === 'string') {
        if (Math.abs(now.getTime() / 1000 - Number(time)) > toleranceSeconds)
          return { kind: 'refused', status: 401, reason: 'The callback is too old.' };
        const expected = Buffer.from(signCallback(key, id, time));
        const given = Buffer.from(headers['x-signature'] ?? '');
        if (given.length !== expected.length || !timingSafeEqual(given, expected))
          return { kind: 'refused', status: 401, reason: 'The signature is wrong or missing.' };
      }
      return { kind: 'accepted', externalId: id, isFinal: status !== 'running' };
    },
  },
  operations: {
    draw: defineOperation({
      title: 'Draw',
      description: 'For tests.',
      delivery: 'callback',
      input: z.strictObject({ image, images: z.array(mediaReferenceSchema).optional(), clip: image, linked: image }),
      output,
      mediaFields: {
        image: { kind: 'image', sentAs: 'inline' },
        images: { kind: 'image', sentAs: 'inline' },
        clip: { kind: 'video', sentAs: 'inline' },
        linked: { kind: 'image', sentAs: 'url' },
      },
      limits,
      workflow: 'callingBackWorkflow',
    }),
  },
});

export function signCallback(key: string, id: string, time: string): string {
  return createHmac('sha256', key).update(`${id}.${time}`).digest('hex');
}
