import { createHmac, timingSafeEqual } from 'node:crypto';

/** One submission of a call, as a callback's address names it. */
export interface CallbackAddress {
  integration: string;
  callId: string;
  attempt: number;
}

/**
 * `<callId>.<attempt>.<HMAC-SHA256(secret, integration|callId|attempt)>`: unguessable, and derived, so that it is stored nowhere and is
 * in no workflow's history.
 */
export function createCallbackToken(secret: string, { integration, callId, attempt }: CallbackAddress): string {
  return `${callId}.${attempt}.${signatureOf(secret, { integration, callId, attempt })}`;
}

/** Which submission a token stands for; undefined for one that is malformed or forged. Compares in constant time. */
export function readCallbackToken(secret: string, integration: string, token: string): CallbackAddress | undefined {
  const parts = /^(call_[a-z0-9]{1,64})\.([1-9]\d{0,4})\.([A-Za-z0-9_-]{43})$/.exec(token);
  if (!parts) return undefined;
  const [, callId = '', attemptText, signature = ''] = parts;
  const address = { integration, callId, attempt: Number(attemptText) };
  const expected = Buffer.from(signatureOf(secret, address));
  return timingSafeEqual(expected, Buffer.from(signature)) ? address : undefined;
}

function signatureOf(secret: string, { integration, callId, attempt }: CallbackAddress): string {
  return createHmac('sha256', secret).update(`${integration}|${callId}|${attempt}`).digest('base64url');
}
