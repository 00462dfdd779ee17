import type { DeliveryResult, PreparedNotification } from '@darkroom/contract';
import { retryAfterSeconds } from '@darkroom/integration-sdk/answers';
import { type GuardedClient, isOutboundError, type PostAnswer } from '@darkroom/platform-http';

export type PreparedPost = Extract<PreparedNotification, { kind: 'post' }>;

/** For the whole exchange: connecting, sending, and what the receiver says, however slowly. */
const answerMs = 15_000;
/** The name of a host alone may be nearly as long as what a report may say. */
const longestReason = 500;
const gone = 410;

/** Posts a webhook or a message to Slack, once. What the receiver answers beside its status is nobody's business. */
export async function postNotification(
  client: Pick<GuardedClient, 'post'>,
  { url, headers, body }: PreparedPost,
  timeoutMs = answerMs,
): Promise<DeliveryResult> {
  try {
    return toResult(await client.post(url, { headers, body, timeoutMs }));
  } catch (error) {
    if (!isOutboundError(error)) throw error;
    return { kind: 'failed', reason: error.message.slice(0, longestReason) };
  }
}

function toResult({ status, headers }: PostAnswer): DeliveryResult {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === gone) return { kind: 'gone', status, reason: 'The receiver answered 410: it wants no more.' };
  // A date is counted from the receiver's own clock, where it tells the time.
  const wait = retryAfterSeconds({ date: new Date().toUTCString(), ...headers });
  const hint = status >= 300 && status < 400 ? ' Redirects are not followed: subscribe with the final address.' : '';
  return {
    kind: 'failed',
    status,
    reason: `The receiver answered ${status}.${hint}`,
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  };
}
