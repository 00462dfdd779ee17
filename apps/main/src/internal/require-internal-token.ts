import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import { ProblemError } from '../problems/problem-error.ts';

/** Refuses requests without the internal token before their body is read. The comparison takes the same time for every wrong one. */
export function requireInternalToken(token: string): onRequestHookHandler {
  const expected = hashOf(`Bearer ${token}`);
  return (request, _reply, done) => {
    if (!timingSafeEqual(hashOf(request.headers.authorization ?? ''), expected)) {
      throw new ProblemError(
        'unauthenticated',
        'Send `Authorization: Bearer <INTERNAL_TOKEN>`, with the token that main was started with.',
        {
          headers: { 'www-authenticate': 'Bearer realm="darkroom-internal"' },
        },
      );
    }
    done();
  };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
