import type { FastifyReply } from 'fastify';
import { isConnectionFault, type Fault } from '../plans/fault.schema.ts';
import { resetAfterHeaders, resetMidAnswer, resetNow, sendAnswer } from './connection.ts';
import type { ProviderAnswer } from './image-dialect.ts';

/** Sends an answer as far as a fault lets it through. */
export function showAnswer(reply: FastifyReply, answer: ProviderAnswer, fault: Fault | undefined): FastifyReply {
  if (fault?.kind === 'malformed_json') return sendAnswer(reply, { ...answer, body: cut(answer.body) });
  if (fault?.kind === 'reset') return resetNow(reply);
  if (!isConnectionFault(fault)) return sendAnswer(reply, answer);
  switch (fault.kind) {
    case 'hang':
    case 'reset_after_accept':
      return resetNow(reply);
    case 'reset_after_headers':
      return resetAfterHeaders(reply, answer);
    case 'reset_mid_answer':
      return resetMidAnswer(reply, answer);
    case 'slow':
      return sendAnswer(reply, answer);
  }
}

function cut(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.floor(bytes.length * 0.6));
}
