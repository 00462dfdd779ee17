import type { FastifyInstance } from 'fastify';
import { type AccessPolicy, findAccount } from './find-account.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The account that the request acts for. Every query is filtered by it. */
    accountId: string;
  }
}

/** Every request to a route of this instance acts for an account, or is refused before its body is read. */
export function requireAccount(app: FastifyInstance, policy: AccessPolicy): void {
  app.decorateRequest('accountId', '');
  app.addHook('onRequest', (request, _reply, done) => {
    request.accountId = findAccount(policy, request.raw);
    done();
  });
}
