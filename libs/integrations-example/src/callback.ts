import { type CallbackDefinition, findSignatureFault } from '@darkroom/integration-sdk';
import { taskSchema } from './provider-api.schema.ts';
import { settings } from './settings.ts';

/** `x-example-signature: sha256=<hex HMAC-SHA256 of the job's id>` by the API key. The rest of the body is not signed: it is a hint to look. */
export const callback: CallbackDefinition = {
  settings: { apiKey: settings.apiKey },
  read: ({ headers, body, settings: { apiKey: key } }) => {
    const job = taskSchema.safeParse(body);
    if (!job.success) return { kind: 'refused', status: 400, reason: 'The body names no job.' };
    const { id, status } = job.data;
    const signature = headers['x-example-signature']?.replace(/^sha256=/, '');
    // Without the key the token in the address alone vouches for the callback.
    const fault =
      typeof key === 'string' ? findSignatureFault({ key, text: id, signature, encoding: 'hex' }) : undefined;
    if (fault !== undefined) return { kind: 'refused', status: 401, reason: fault };
    return { kind: 'accepted', externalId: id, isFinal: status !== 'queued' && status !== 'running' };
  },
  answer: {},
};
