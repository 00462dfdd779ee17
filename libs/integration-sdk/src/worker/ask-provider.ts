import type { CallWork } from './call-work.ts';
import type { ProviderRequest } from './call-handler.ts';
import { messageOf } from './error-message.ts';
import type { ProviderReply } from './outbound.ts';

/** Makes the paid request, once. Whatever goes wrong after this began may have been paid, so it never fails. */
export async function askProvider(
  { context, attempt, logger }: CallWork,
  request: ProviderRequest,
  deadlineAt: Date,
): Promise<ProviderReply> {
  const startedAt = Date.now();
  const reply = await sendOnce(context.providerHttp, request, deadlineAt);
  const durationMs = Date.now() - startedAt;
  if (reply.kind === 'answered') {
    logger.info(
      { attempt, status: reply.response.status, bytes: reply.response.body.byteLength, duration_ms: durationMs },
      'the provider answered',
    );
  } else {
    logger.warn(
      { attempt, reply: reply.kind, reason: reply.reason, duration_ms: durationMs },
      'the provider gave no answer',
    );
  }
  return reply;
}

async function sendOnce(
  providerHttp: CallWork['context']['providerHttp'],
  request: ProviderRequest,
  deadlineAt: Date,
): Promise<ProviderReply> {
  try {
    return await providerHttp.send(request, { deadlineAt });
  } catch (error) {
    return { kind: 'no_answer', reason: messageOf(error) };
  }
}
