import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderAnswer } from './image-dialect.ts';

// Time for what was written to reach the client: a reset may overtake what is still on its way.
const flushMilliseconds = 30;

export function sendAnswer(reply: FastifyReply, { status, headers, body }: ProviderAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(Buffer.from(body));
}

/** Resets the connection without another byte. */
export function resetNow(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
  return reply;
}

/** Resets the connection when the first part of the body has arrived; a body of one packet may have arrived whole. */
export function resetDuringBody(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.once('data', () => reply.raw.socket?.resetAndDestroy());
  request.raw.once('end', () => reply.raw.socket?.resetAndDestroy());
  return reply;
}

/** Sends the status line and the headers, then resets. */
export function resetAfterHeaders(reply: FastifyReply, answer: ProviderAnswer): FastifyReply {
  return resetAfter(reply, answer, 0);
}

/** Sends the headers and half of the body, then resets. */
export function resetMidAnswer(reply: FastifyReply, answer: ProviderAnswer): FastifyReply {
  return resetAfter(reply, answer, Math.floor(Buffer.byteLength(answer.body) / 2));
}

function resetAfter(reply: FastifyReply, { status, headers, body }: ProviderAnswer, bytes: number): FastifyReply {
  reply.hijack();
  const content = Buffer.from(body);
  const reset = () => setTimeout(() => reply.raw.socket?.resetAndDestroy(), flushMilliseconds);
  reply.raw.writeHead(status, { ...headers, 'content-length': content.length });
  reply.raw.flushHeaders();
  if (bytes === 0) reset();
  else reply.raw.write(content.subarray(0, bytes), reset);
  return reply;
}
